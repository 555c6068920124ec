/**
 * One letter, ready to print, sign and post: as plain text, as an OpenDocument text that its writer
 * can still change, and as a PDF with its fonts inside.
 *
 * <p>A {@link org.tocsin.letters.Letter} is words in an order; {@link
 * org.tocsin.letters.LetterText}, {@link org.tocsin.letters.LetterOdt} and {@link
 * org.tocsin.letters.LetterPdf} set it. The language tag decides direction and fonts; an empty line
 * of the sender or the signature is a rule on which the writer fills in a name. The same letter on
 * the same paper gives the same bytes, whenever it is set: no file holds a date of making, an
 * author, a machine, or any word of the letter outside its page.
 *
 * <p>FOP sets the PDF: it shapes Arabic and orders bidirectional text by itself, tags what it sets,
 * and needs nothing of the machine. A character that none of our {@link
 * org.tocsin.letters.LetterFonts} can print is refused ({@code letter_characters}) and never
 * becomes a box; the other two forms hold any character. Uses {@code platform} alone.
 */
@NullMarked
package org.tocsin.letters;

import org.jspecify.annotations.NullMarked;

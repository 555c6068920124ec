package org.tocsin.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The hub's keys, one Tink keyset a file, readable by their owner only. Back the folder up. */
public final class Keyring {
  private enum Kind {
    SEALING(PredefinedAeadParameters.AES256_GCM),
    LOOKUP(PredefinedPrfParameters.HMAC_SHA256_PRF),
    TOKENS(PredefinedDeterministicAeadParameters.AES256_SIV),
    IDS(PredefinedPrfParameters.HMAC_SHA256_PRF);

    private final Parameters parameters;

    Kind(Parameters parameters) {
      this.parameters = parameters;
    }

    Path file(Path folder) {
      return folder.resolve(name().toLowerCase(java.util.Locale.ROOT) + ".json");
    }
  }

  private final Map<Kind, KeysetHandle> keysets;

  private Keyring(Map<Kind, KeysetHandle> keysets) {
    this.keysets = keysets;
  }

  /** Opens the keyring; a folder without any key gets a new one if {@code mayCreate}. */
  public static Keyring open(Path folder, boolean mayCreate) {
    try {
      register();
      if (absent(folder)) {
        if (!mayCreate) {
          throw new UnusableKeyring(
              "no keyring in " + folder + "; make one with: tocsin keys create, then back it up");
        }
        create(folder);
      }
      Map<Kind, KeysetHandle> keysets = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        keysets.put(kind, read(kind.file(folder)));
      }
      return new Keyring(keysets);
    } catch (AccessDeniedException denied) {
      throw new UnusableKeyring(
          "cannot use the keyring: permission denied for " + denied.getFile());
    } catch (GeneralSecurityException | IOException failure) {
      throw new UnusableKeyring(
          "cannot use the keyring in " + folder + ": " + failure.getMessage());
    }
  }

  /**
   * True where there is not one key: one that is missing beside others is another matter, and so
   * are keys in a folder that cannot be read. New ones would take their place.
   */
  public static boolean absent(Path folder) {
    return Arrays.stream(Kind.values()).allMatch(kind -> Files.notExists(kind.file(folder)));
  }

  /** Adds a new primary key to every keyset but ids; what the old ones wrote stays readable. */
  public static void rotate(Path folder) {
    try {
      register();
      for (Kind kind : Kind.values()) {
        if (kind != Kind.IDS) {
          KeysetHandle.Builder rotated = KeysetHandle.newBuilder(read(kind.file(folder)));
          rotated.addEntry(
              KeysetHandle.generateEntryFromParameters(kind.parameters)
                  .withRandomId()
                  .makePrimary());
          write(kind.file(folder), rotated.build());
        }
      }
    } catch (GeneralSecurityException | IOException failure) {
      throw new UnusableKeyring(
          "cannot rotate the keyring in " + folder + ": " + failure.getMessage());
    }
  }

  private static void register() throws GeneralSecurityException {
    AeadConfig.register();
    DeterministicAeadConfig.register();
    PrfConfig.register();
  }

  private static void create(Path folder) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    for (Kind kind : Kind.values()) {
      write(
          kind.file(folder),
          KeysetHandle.newBuilder()
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(kind.parameters)
                      .withRandomId()
                      .makePrimary())
              .build());
    }
  }

  private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
    if (Files.notExists(file)) {
      throw new IOException(file.getFileName() + " is missing; restore it from the backup");
    }
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          Files.readString(file, StandardCharsets.UTF_8),
          RegistryConfiguration.get(),
          InsecureSecretKeyAccess.get());
    } catch (RuntimeException
        | GeneralSecurityException
        | java.nio.charset.CharacterCodingException damaged) {
      throw new GeneralSecurityException(
          file.getFileName() + " is not a keyset; restore it from the backup", damaged);
    }
  }

  private static void write(Path file, KeysetHandle keyset)
      throws IOException, GeneralSecurityException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        partial,
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
    try {
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException exotic) {
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  public Sealer sealer() {
    return new Sealer(primitive(Kind.SEALING, Aead.class));
  }

  public LookupHash lookup() {
    return new LookupHash(primitive(Kind.LOOKUP, PrfSet.class));
  }

  public Tokens tokens() {
    return new Tokens(primitive(Kind.TOKENS, DeterministicAead.class));
  }

  public OpaqueIds ids() {
    return new OpaqueIds(primitive(Kind.IDS, PrfSet.class));
  }

  private <P> P primitive(Kind kind, Class<P> type) {
    KeysetHandle keyset = keysets.get(kind);
    if (keyset == null) {
      throw new IllegalStateException("no keyset " + kind);
    }
    try {
      return keyset.getPrimitive(RegistryConfiguration.get(), type);
    } catch (GeneralSecurityException unusable) {
      throw new UnusableKeyring(
          "the keyset " + kind + " is for another purpose: " + unusable.getMessage());
    }
  }
}

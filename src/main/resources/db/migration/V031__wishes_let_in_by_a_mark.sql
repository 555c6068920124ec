-- A wish for a link that was let in by a browser's mark alone, its network being used up, is answered to the mark's owner only.
ALTER TABLE access.link_request ADD COLUMN by_mark boolean NOT NULL DEFAULT false;
ALTER TABLE members.link_request ADD COLUMN by_mark boolean NOT NULL DEFAULT false;

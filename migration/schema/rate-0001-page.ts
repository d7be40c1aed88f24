/**
 * The slots of the rate limiters that still limit somebody, and the secret of each day that says which slot a name has.
 * No address and no name stands here: a slot is shared by thousands of them.
 */
export const rate0001Page = {
  version: 1,
  sql: `
    CREATE TABLE secret (
      lane TEXT NOT NULL,
      day INTEGER NOT NULL,
      seed BLOB NOT NULL,
      PRIMARY KEY (lane, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE page (
      lane TEXT NOT NULL,
      day INTEGER NOT NULL,
      page INTEGER NOT NULL,
      slots BLOB NOT NULL,
      PRIMARY KEY (lane, day, page)
    ) STRICT, WITHOUT ROWID;
  `,
} as const

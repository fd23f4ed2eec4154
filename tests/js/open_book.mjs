// Opens a book with Automerge's own JavaScript library and prints what it holds: the heads, and
// per record and field every value that stands there at once.
import { readFileSync } from "node:fs";
import * as Automerge from "@automerge/automerge";

const plain = (value) => (value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString("hex")}` : value);

const book = Automerge.load(new Uint8Array(readFileSync(process.argv[2])));
const records = {};
for (const [key, record] of Object.entries(book.records)) {
  records[key] = {};
  for (const field of Object.keys(record)) {
    const values = Object.values(Automerge.getConflicts(record, field) ?? { only: record[field] });
    records[key][field] = values.map(plain).map(String).sort();
  }
}
console.log(JSON.stringify({ book: book.book, heads: Automerge.getHeads(book).sort(), records }));

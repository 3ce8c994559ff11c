// A mail server for the tests: takes every letter over SMTP and keeps it as a file of the folder given.
// Prints its port in a line once it listens; ends with the process that started it.

import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { SMTPServer } from "smtp-server";

const folder = process.argv[2];
let taken = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  onData(stream, session, done) {
    taken += 1;
    pipeline(stream, createWriteStream(join(folder, `${process.pid}-${taken}.eml`)), done);
  },
});
server.on("error", (error) => {
  console.error(error.message);
});
server.listen(0, "127.0.0.1", () => {
  console.log(server.server.address().port);
});

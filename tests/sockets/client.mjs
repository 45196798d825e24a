// A plain client with npm's socket.io-client and msgpack parser: does what stdin says, tells on stdout what it saw.
import { createInterface } from "node:readline"
import { io } from "socket.io-client"
import * as parser from "socket.io-msgpack-parser"

const [url, code] = process.argv.slice(2)
const tell = (what, more = {}) => process.stdout.write(JSON.stringify({ what, ...more }) + "\n")
const socket = io(url, { transports: ["websocket"], parser, auth: { code }, reconnectionDelay: 50, randomizationFactor: 0 })

socket.on("connect", () => tell("connect"))
socket.on("connect_error", (error) => tell("connect_error", { message: error.message, active: socket.active }))
socket.on("disconnect", (reason) => tell("disconnect", { reason, active: socket.active }))
socket.on("patch", (patch) => tell("patch", { patch }))
socket.on("bye", (bye) => tell("bye", { bye }))

createInterface({ input: process.stdin }).on("line", (line) => {
  const { event, data } = JSON.parse(line)
  if (event === "undefined") socket.emit("ask", ["t", "echo", { from: undefined }], (ack) => tell("ack", { ack }))
  else socket.emit(event, data, (ack) => tell("ack", { ack }))
}).on("close", () => process.exit(0))

// The peer of the bench: a minimal Socket.IO server that does for a crowd what the house does, and nothing else.
// Standard input, first line: {"parser", "redis"?, "port", "wholes", "patch"}. Prints "ready" once it listens.
import { createServer } from "node:http"
import { createInterface } from "node:readline"
import { createAdapter } from "@socket.io/redis-adapter"
import { createClient } from "redis"
import { Server } from "socket.io"
import * as msgpack from "socket.io-msgpack-parser"

const [line] = await new Promise((told) => createInterface(process.stdin).once("line", (...line) => told(line)))
const { parser, redis, port, wholes, patch } = JSON.parse(line)
const options = { transports: ["websocket"], perMessageDeflate: false, serveClient: false }
if (parser === "msgpack") options.parser = msgpack
const http = createServer()
const io = new Server(http, options)
if (redis) {
  const [publisher, subscriber] = [createClient({ url: redis }), createClient({ url: redis })]
  await Promise.all([publisher.connect(), subscriber.connect()])
  io.adapter(createAdapter(publisher, subscriber))
}

let asked = 0
const votes = {}
const turnout = {}
const stale = new Set()
// As the house does: how many have voted, to everybody, every two seconds at most.
setInterval(() => {
  for (const poll of stale) io.emit("patch", { ...patch, put: { [`polls.${poll}.turnout`]: turnout[poll] } })
  stale.clear()
}, 2000)
io.on("connection", (socket) => {
  for (const whole of wholes) socket.emit("patch", whole)
  socket.on("ask", ([, name, body], ack) => {
    asked += 1
    if (name === "ballot.cast") {
      votes[body.choice] = (votes[body.choice] ?? 0) + 1
      if (body.tell) {
        turnout[body.poll] = (turnout[body.poll] ?? 0) + 1
        stale.add(body.poll)
      }
      ack({ ok: asked })
      return
    }
    const notice = { ...patch.put["room.notice"], text: body.text }
    ack({ ok: asked })
    io.emit("patch", { ...patch, put: { "room.notice": notice } })
  })
})
process.stdin.on("end", () => process.exit(0))
http.listen({ port, host: "127.0.0.1", backlog: 4096 }, () => console.log("ready"))

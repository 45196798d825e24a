// A small session by a lead and a citizen with only npm's socket.io-client and its msgpack parser. Arguments end with:
// the house's address, the lead's code, the citizen's code.
import { io } from "socket.io-client"
import * as parser from "socket.io-msgpack-parser"

const [url, leadCode, citizenCode] = process.argv.slice(-3)

function person(code) {
  const socket = io(url, { transports: ["websocket"], parser, auth: { code } })
  const layers = {}
  const waiting = new Set()
  let tickets = 0
  const shown = (path) => Object.values(layers).find((layer) => path in layer)?.[path]
  socket.on("connect_error", (error) => { console.error(error.message); process.exit(1) })
  socket.on("patch", ({ layer, since, put, drop }) => {
    const next = since === 0 ? {} : layers[layer]
    for (const path of drop) delete next[path]
    layers[layer] = Object.assign(next, put)
    for (const look of waiting) look()
  })
  const until = (path, wanted) => new Promise((done) => {
    const look = () => { if (wanted(shown(path))) { waiting.delete(look); done(shown(path)) } }
    waiting.add(look)
    look()
  })
  const ask = (name, body = {}) => new Promise((done) => socket.emit("ask", [`t${++tickets}`, name, body], done))
  return { socket, shown, until, ask }
}

const lead = person(leadCode)
const citizen = person(citizenCode)
const acks = []
const asks = async (who, name, body) => acks.push([name, await who.ask(name, body)])

await lead.until("session", (session) => session?.state === "lobby")
const me = await citizen.until("me", Boolean)
await lead.until("people.present", (present) => present?.total === 1)
await asks(lead, "session.start", { from: "lobby" })
await asks(lead, "agenda.next", { from: "door" })
await citizen.until("agenda.now", (now) => now?.item === "talk")
await asks(citizen, "hand.raise")
await lead.until("floor.hands", (hands) => hands?.[0]?.person === me.person)
await asks(lead, "floor.give", { person: me.person })
await citizen.until("floor.turn", (turn) => turn?.person === me.person)
await asks(citizen, "floor.end")
await asks(lead, "poll.add", { id: "p", question: { fr: "Oui ?", de: "Ja?" }, method: "yes-no-abstain", rule: { threshold: "1/2" } })
await asks(lead, "poll.open", { poll: "p", from: "drafted" })
await citizen.until("me.electorate.p", Boolean)
await asks(citizen, "ballot.cast", { poll: "p", choice: "yes" })
await asks(lead, "poll.close", { poll: "p", from: "open" })
await asks(lead, "poll.publish", { poll: "p", from: "closed" })
const result = await citizen.until("polls.p.result", Boolean)
await asks(lead, "session.close", { from: "live" })
await citizen.until("session", (session) => session.state === "closed")
console.log(JSON.stringify({ played: "a whole session", acks, result }))
for (const { socket } of [lead, citizen]) socket.disconnect()

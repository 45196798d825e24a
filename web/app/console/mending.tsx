/** Mending open rooms: three ways, each with how many people would move, who and why; and those who are on their way. */
import { effect, signal } from "@preact/signals"
import { clockTime, now, stopwatch } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Dialog, Icon, Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { moveWords, reasonWords, waysOut, type RoomNames } from "./composing/reasons"
import type { Moved, Reason } from "./composing/shapes"
import { Act, Answer, press } from "./press"
import { me, personName, room, roomsState } from "./seen"

interface Offer {
  rung: string
  people: number
  moves: Moved[]
  leads: { room: string; person: string }[]
  closes: string[]
  cannot: Reason[]
  relaxed: Reason[]
}

interface Repairs {
  id: string
  by: string
  at: number
  state: "searching" | "ready"
  offers: Offer[]
}

interface Leaving {
  at: number
  people: number
}

const repairs = () => value<Repairs | null>("rooms.repairs") ?? null
const leaving = () => value<Leaving | null>("rooms.leaving") ?? null
const names: RoomNames = (id) => room(id)?.name ?? id

/** So long (ms) after it was asked an answer is usually there. */
const USUAL = 10_000

/** The repair whose dialog is open. */
const open = signal<string | null>(null)
let known: string | null | undefined

/** Whoever asked sees the answer, wherever they asked; who comes back to the page does not. */
effect(() => {
  const it = repairs()
  if (known !== undefined && it && it.id !== known && it.by === me()?.person) open.value = it.id
  known = it?.id ?? null
})

export function MendAct() {
  if (!may("rooms.repair") || roomsState() !== "open") return null
  return (
    <Act icon="people" onPress={() => press("rooms", "rooms.repair")}>
      {t("Mend the rooms …")}
    </Act>
  )
}

/** While people have been told and have not moved yet. */
export function LeavingBand() {
  const it = leaving()
  if (!it) return null
  const rest = Math.max(0, it.at - now.value)
  return (
    <Notice icon="clock">
      <div class="c-leaving">
        <p>
          <strong>
            {n("{n} person goes to another room", "{n} people go to other rooms", it.people)}
          </strong>{" "}
          <span class="c-clock">{stopwatch(rest)}</span>
        </p>
        {may("rooms.stay") && (
          <Act onPress={() => press("rooms", "rooms.stay")}>{t("Let them stay where they are")}</Act>
        )}
      </div>
    </Notice>
  )
}

/** Whom the newest repair moved, for whoever is asked why. */
export function MendedFold() {
  const it = value<{ at: number; moves: Moved[] } | null>("rooms.mended")
  if (!it?.moves.length) return null
  return (
    <details class="c-card c-mended">
      <summary>
        {n("{n} person was moved at {time}: who, and why", "{n} people were moved at {time}: who, and why", it.moves.length, {
          time: clockTime(it.at, true),
        })}
      </summary>
      <ul class="c-moves">
        {it.moves.map((move) => (
          <li key={move.person}>{moveWords(move, names)}</li>
        ))}
      </ul>
    </details>
  )
}

export function MendDialog() {
  const it = repairs()
  const shown = it && open.value === it.id ? it : null
  return (
    <Dialog
      title={t("Mend the rooms")}
      open={shown !== null}
      onClose={() => (open.value = null)}
      class="c-drawer c-mending"
    >
      {shown && <Ways of={shown} />}
    </Dialog>
  )
}

function Ways({ of }: { of: Repairs }) {
  if (of.state === "searching") return <Searching since={of.at} />
  return (
    <>
      <p>{t("Nobody has moved yet. Whoever moves is told 20 seconds before, without a reason.")}</p>
      <Answer place="mending" />
      {of.offers.map((it) => (
        <Way key={it.rung} offer={it} repair={of.id} />
      ))}
    </>
  )
}

function Searching({ since }: { since: number }) {
  const late = now.value - since > USUAL
  return (
    <>
      <Notice icon="clock">
        <span role="status">
          {late
            ? t("This takes longer than usual. You can wait, or ask again.")
            : t("Looking for ways to mend the rooms. This takes a moment.")}
        </span>
      </Notice>
      <Answer place="mending" />
      {late && <Act onPress={() => press("mending", "rooms.repair")}>{t("Ask again")}</Act>}
    </>
  )
}

const RUNGS: Record<string, () => string> = {
  fewest: () => t("As few as possible move"),
  few: () => t("A few more move, for better rooms"),
  anew: () => t("All rooms anew"),
}

function Way({ offer: it, repair }: { offer: Offer; repair: string }) {
  const title = RUNGS[it.rung]?.() ?? it.rung
  const cannot = it.cannot.length > 0
  return (
    <section class="c-card c-way" aria-label={title}>
      <header class="c-way-head">
        <h3>{title}</h3>
        {!cannot && <strong>{sum(it)}</strong>}
      </header>
      {cannot ? <Cannot reasons={it.cannot} /> : <Moves offer={it} />}
      {!cannot && may("rooms.mend") && (
        <div class="c-acts">
          <Act
            tone={it.rung === "fewest" ? "main" : "plain"}
            label={t("Do this: {way}", { way: title })}
            once
            onPress={() => take(repair, it.rung)}
          >
            {t("Do this")}
          </Act>
        </div>
      )}
    </section>
  )
}

/** How many change rooms, and how many who had none get one. */
function sum(it: Offer): string {
  const moves = it.people ? n("{n} person moves", "{n} people move", it.people) : t("Nobody moves")
  const fresh = it.moves.length - it.people
  if (!fresh) return moves
  return t("{moves}; {seats}", { moves, seats: n("{n} gets a seat", "{n} get a seat", fresh) })
}

function Cannot({ reasons }: { reasons: Reason[] }) {
  return (
    <Notice tone="warn">
      <p>{t("This cannot be done:")}</p>
      {reasons.map((it) => (
        <p key={JSON.stringify(it)}>{reasonWords(it, names)}</p>
      ))}
      {waysOut(reasons).map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Notice>
  )
}

function Moves({ offer: it }: { offer: Offer }) {
  return (
    <>
      {[...closing(it), ...leading(it)].map((words) => (
        <p key={words}>{words}</p>
      ))}
      {it.relaxed.map((reason) => (
        <p key={JSON.stringify(reason)}>
          <Icon name="warn" /> {reasonWords(reason, names)}
        </p>
      ))}
      {it.moves.length > 0 && (
        <details open={it.rung === "fewest"}>
          <summary>{t("Who, and why")}</summary>
          <ul class="c-moves">
            {it.moves.map((move) => (
              <li key={move.person}>{moveWords(move, names)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const closing = (it: Offer) => it.closes.map((id) => t("Room {room} is given up.", { room: names(id) }))
const leading = (it: Offer) =>
  it.leads.map(({ room: id, person }) => t("{name} goes to room {room} and leads it.", { name: personName(person), room: names(id) }))

async function take(repair: string, rung: string): Promise<void> {
  if (await press("mending", "rooms.mend", { repair, rung })) open.value = null
}

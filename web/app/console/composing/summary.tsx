/** A proposed composition in a few sentences: who meets for the first time, how rooms mirror the whole, what gave way. */
import { attributeWord } from "../../lib/attributes"
import { n, number, t } from "../../lib/texts"
import { Icon, Notice } from "../../lib/ui"
import { may } from "../../lib/view"
import { Act } from "../press"
import { items } from "../seen"
import { placeWord } from "../words"
import { largest } from "./mirror"
import { type RoomNames, breachWords, moveWords, namesOf, relaxedWords } from "./reasons"
import type { Proposal, SeatedRoom } from "./shapes"
import { compose } from "./wish"
import { rungWord } from "./words"

/** From so many moves on they are folded. */
const UNFOLDED = 12

export function Summary({ proposal }: { proposal: Proposal }) {
  const said = [meeting(proposal.rooms), mirroring(proposal.rooms), alone(proposal.rooms), later(proposal)]
  const found = said.filter((it) => it !== null)
  if (!found.length) return null
  return (
    <ul class="c-summary">
      {found.map((it) => (
        <li key={it.words}>
          <Icon name={it.well ? "check" : "warn"} />
          <span>{it.words}</span>
        </li>
      ))}
    </ul>
  )
}

type Told = { words: string; well: boolean } | null

const searched = (rooms: readonly SeatedRoom[]) => rooms.some((it) => it.mirror !== undefined)

function meeting(rooms: readonly SeatedRoom[]): Told {
  if (!searched(rooms)) return null
  const pairs = rooms.reduce((sum, it) => sum + (it.people.length * (it.people.length - 1)) / 2, 0)
  const again = rooms.reduce((sum, it) => sum + (it.again?.length ?? 0), 0)
  if (!again) return { words: t("Everybody meets new people only."), well: true }
  const words = t("{first} of {pairs} pairs meet for the first time.", {
    first: number(pairs - again),
    pairs: number(pairs),
  })
  return { words, well: again * 10 <= pairs }
}

function mirroring(rooms: readonly SeatedRoom[]): Told {
  const all = rooms.flatMap((room) => (room.mirror ?? []).map((cell) => ({ room, cell })))
  if (!all.length) return null
  const far = largest(all.map((it) => it.cell))
  const worst = all.find((it) => it.cell === far)
  if (!far || !worst || Math.abs(far.here - far.wanted) < 1)
    return { words: t("Every room is as close to the whole as it can be."), well: true }
  const off = rooms.filter((it) => (it.mirror ?? []).some((cell) => Math.abs(cell.here - cell.wanted) >= 2)).length
  if (!off) return { words: t("Every room mirrors the whole, give or take one person."), well: true }
  const words = n(
    "{n} room of {all} is two people or more off the whole; the furthest is {room}, by {attribute}.",
    "{n} rooms of {all} are two people or more off the whole; the furthest is {room}, by {attribute}.",
    off,
    { all: rooms.length, room: placeWord(worst.room.name), attribute: attributeWord(far.attr) },
  )
  return { words, well: false }
}

function alone(rooms: readonly SeatedRoom[]): Told {
  const count = rooms.reduce((sum, it) => sum + (it.alone?.length ?? 0), 0)
  if (!count) return null
  const words = n("{n} person is the only one of their language in a room.", "{n} people are the only ones of their language in a room.", count)
  return { words, well: false }
}

function later({ later = [] }: Proposal): Told {
  if (!later.length) return null
  const titles = later.map((it) => items().find((item) => item.id === it.item)?.title ?? it.item)
  return { words: t("Rooms for later are planned as well: {items}.", { items: titles.join(", ") }), well: true }
}

export function Relaxed({ proposal }: { proposal: Proposal }) {
  const given = proposal.relaxed ?? []
  if (!given.length) return null
  const names = namesOf(proposal)
  const said = [...new Set(given.map((it) => relaxedWords(it, names, proposal.later)))]
  return (
    <Notice tone="warn">
      <strong>{t("Not everything could be kept:")}</strong>
      <ul>
        {said.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** After somebody was moved by hand: which rules do not hold any more. */
export function Broken({ proposal }: { proposal: Proposal }) {
  const broken = proposal.broken ?? []
  const names = namesOf(proposal)
  return (
    <div role="status">
      {broken.length > 0 && (
        <Notice tone="warn">
          <strong>{t("Rules that do not hold, as the rooms are now:")}</strong>
          <ul>
            {[...new Set(broken.map((it) => breachWords(it, names)))].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

/** Where the rooms were planned already: who sits elsewhere now, and why. */
export function Moves({ proposal }: { proposal: Proposal }) {
  const { moves = [], rung } = proposal
  if (!rung) return null
  const names: RoomNames = namesOf(proposal)
  if (!moves.length) return <p class="c-soft">{t("Nobody sits elsewhere than planned.")}</p>
  return (
    <details class="c-card c-moves" open={moves.length <= UNFOLDED}>
      <summary>
        <strong>
          {n("{n} person sits elsewhere than planned", "{n} people sit elsewhere than planned", moves.length)}
        </strong>{" "}
        <span class="c-soft">{rungWord(rung)}</span>
      </summary>
      <ul>
        {moves.map((it) => (
          <li key={`${it.person} ${it.room}`}>{moveWords(it, names)}</li>
        ))}
      </ul>
    </details>
  )
}

/** How it is made again, in small print; and others by the same rules, from another seed. */
export function MadeAgain({ proposal: { seed, iterations } }: { proposal: Proposal }) {
  if (seed === undefined || iterations === undefined) return null
  return (
    <div class="c-acts c-small-print">
      {t("To make the same rooms again: seed {seed}, iterations {iterations}.", { seed, iterations })}
      {may("rooms.compose") && (
        <Act tone="quiet" icon="people" onPress={() => compose("rooms", true)}>
          {t("Others by the same rules")}
        </Act>
      )}
    </div>
  )
}

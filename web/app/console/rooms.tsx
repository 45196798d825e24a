/** The rooms: composing them, the proposal, and the wall of rooms while they are open. */
import { clockTime, now, remaining, left } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { Compose } from "./compose"
import { Composing, Failed } from "./composing/course"
import { Made } from "./composing/made"
import type { Proposal } from "./composing/shapes"
import { LeavingBand, MendedFold } from "./mending"
import { NextRooms } from "./nextrooms"
import { Answer } from "./press"
import { ProposalCards, RoomsReady } from "./proposal"
import { RoomActs } from "./roomacts"
import { move, onTable, roomCount, roomsState } from "./seen"
import { Latecomers } from "./unplaced"
import { WallSum, Wall } from "./wall"

export function Rooms() {
  const state = roomsState()
  const proposal = value<Proposal | null>("rooms.proposal") ?? null
  const running = ["opening", "open", "recalling"].includes(state)
  return (
    <div class="c-rooms">
      <Head />
      <Answer place="rooms" />
      {running ? (
        [
          <LeavingBand key="leaving" />,
          <Latecomers key="unplaced" />,
          <Wall key="wall" />,
          <MendedFold key="mended" />,
          <Made key="made" />,
          <NextRooms key="next" proposal={proposal} />,
        ]
      ) : (
        <Before proposal={proposal} />
      )}
      {running && <RoomActs />}
    </div>
  )
}

function Before({ proposal }: { proposal: Proposal | null }) {
  const ready = proposal?.state === "ready" ? proposal : null
  return (
    <>
      {may("rooms.compose") && <Compose again={ready !== null || roomsState() === "accepted"} />}
      {proposal?.state === "composing" && <Composing />}
      {proposal?.state === "failed" && <Failed proposal={proposal} />}
      {ready && <ProposalCards proposal={ready} accepted={roomsState() === "accepted"} />}
      {!ready && roomsState() === "accepted" && [<RoomsReady key="ready" />, <Made key="made" />]}
      {!ready && roomsState() === "none" && !may("rooms.compose") && <p class="c-nobody">{t("No rooms are open")}</p>}
    </>
  )
}

function Head() {
  const count = roomCount()
  const it = onTable()
  const moving = move()
  if (!["opening", "open", "recalling"].includes(roomsState())) return null
  const ends = it?.ends
  return (
    <p class="c-rooms-head">
      <Icon name="room" />
      <strong>{n("{n} room", "{n} rooms", count)}</strong>
      {moving ? (
        <span class="c-moving">{moveWords(moving.kind, Math.max(0, Math.ceil((moving.at - now.value) / 1000)))}</span>
      ) : (
        ends && (
          <span>
            {t("until {time}", { time: clockTime(ends, true) })} · {left(remaining(ends, it?.paused))}
          </span>
        )
      )}
      <OnItem />
      <WallSum />
    </p>
  )
}

/** How long people have been at it. */
function OnItem() {
  const started = onTable()?.started
  if (!started || onTable()?.paused) return null
  const minutes = Math.max(0, Math.floor((now.value - started) / 60_000))
  return minutes > 0 && <span class="c-soft">{n("{n} min on this item", "{n} min on this item", minutes)}</span>
}

const moveWords = (kind: "open" | "recall", seconds: number) =>
  kind === "open"
    ? n("open in {n} second", "open in {n} seconds", seconds)
    : n("called back, {n} second left", "called back, {n} seconds left", seconds)

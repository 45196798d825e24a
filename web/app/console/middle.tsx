/** The middle of the console: people, rooms or votes; it follows the item on the table until somebody chooses. */
import { effect } from "@preact/signals"
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { inNeed } from "./atdoor"
import { Break, isBreak } from "./breaks"
import { Door } from "./door"
import { Draws, drawCount } from "./draws"
import { type Middle as Shown, middle } from "./layout"
import { MyRoom } from "./myroom"
import { People } from "./people"
import { hereRoom, itemNow, me, openPolls, people, polls, roomCount, session } from "./seen"
import { Rooms } from "./rooms"
import { Tabs } from "./tabs"
import { Votes } from "./votes"

let followed: string | undefined

/** A new item brings its own instrument forward. */
effect(() => {
  const item = itemNow()
  if (!item || item.id === followed) return
  followed = item.id
  middle.value = null
})

const TABS: Record<Shown, { words: () => string; count: () => number | null; draw: () => preact.JSX.Element }> = {
  break: { words: () => t("Break"), count: () => null, draw: Break },
  mine: { words: () => t("My room"), count: () => null, draw: MyRoom },
  people: {
    words: () => (hereRoom()?.kind === "plenary" ? t("Plenary") : t("People")),
    count: () => null,
    draw: People,
  },
  door: { words: () => t("Door"), count: () => inNeed() || null, draw: Door },
  rooms: { words: () => t("Rooms"), count: () => roomCount() || null, draw: Rooms },
  draws: { words: () => t("The lot"), count: () => null, draw: Draws },
  votes: { words: () => t("Votes"), count: () => openPolls().length || polls().length || null, draw: Votes },
}

function offered(): Shown[] {
  const lead = may("agenda.next")
  const all: Shown[] = []
  if (isBreak() && (lead || me()?.role === "support")) all.push("break")
  if (!lead && me()?.role !== "support") all.push("mine")
  if (people().length) all.push("people")
  if (may("people.telephone")) all.push("door")
  if (may("rooms.compose") || roomCount()) all.push("rooms")
  if (may("poll.add") || polls().length) all.push("votes")
  if (drawCount() && (lead || me()?.role === "support")) all.push("draws")
  return all.length ? all : ["mine"]
}

function fitting(all: Shown[]): Shown {
  const mode = itemNow()?.mode
  if (all.includes("door") && (session()?.state === "lobby" || me()?.role === "support")) return "door"
  if (all[0] === "mine" || !may("agenda.next")) return all[0] ?? "mine"
  if (mode === "draw" && all.includes("draws")) return "draws"
  if (mode === "breakout" && all.includes("rooms")) return "rooms"
  if ((mode === "vote" || mode === "poll") && all.includes("votes")) return "votes"
  return all[0] ?? "mine"
}

export function Middle() {
  const all = offered()
  const open = middle.value && all.includes(middle.value) ? middle.value : fitting(all)
  const Draw = TABS[open].draw
  return (
    <section class="c-middle" aria-label={TABS[open].words()}>
      <Tabs
        name={t("Main view")}
        id="c-middle"
        open={open}
        tabs={all.map((id) => ({ id, words: TABS[id].words(), count: TABS[id].count() }))}
        choose={(id) => (middle.value = id)}
      />
      <h2 class="unseen">{TABS[open].words()}</h2>
      <div
        class="c-scroll"
        role="tabpanel"
        id={`c-middle-${open}`}
        aria-labelledby={`c-middle-tab-${open}`}
        tabIndex={0}
      >
        <Draw />
      </div>
    </section>
  )
}

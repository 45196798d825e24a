/** The bottom bar: the next act in words, what it will do, and the acts that move the agenda. */
import { clockTime, now, stopwatch } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may } from "../lib/view"
import { back, extend, hold, next, nextAct, pause, roomsAreReady, roomsAreWanted, undo, undoLeft } from "./acts"
import { breakTitle, breakWhat, isBreak } from "./breaks"
import { AfterTheEnd } from "./ending"
import { Act, Answer } from "./press"
import { ReadyLine } from "./ready"
import { inRooms, itemAfter, last, move, onTable, overrun, roomsState, session } from "./seen"
import type { Item } from "./shapes"
import { askWord } from "./words"

export function BottomBar() {
  return (
    <footer class="c-bar" aria-label={t("Next act")}>
      <ReadyLine />
      <div class="c-bar-words">
        <Ahead />
        <Newest />
        <Answer place="bar" />
      </div>
      <div class="c-bar-acts">
        <Acts />
      </div>
    </footer>
  )
}

/** What comes next, and what pressing will do. */
function Ahead() {
  const state = session()?.state
  const after = itemAfter()
  const moving = move()
  if (state === "closed") return <Words title={t("The session is closed")} />
  if (moving) return <Moving kind={moving.kind} at={moving.at} />
  if (state === "paused")
    return <Words title={t("Paused")} what={t("All clocks stand still until the session is resumed.")} />
  if (state === "lobby" && after)
    return (
      <Words
        title={t("Start: {item}", { item: after.title })}
        what={may("session.start") ? t("Everybody leaves the lobby and sees the first item.") : startsAt()}
      />
    )
  if (roomsAreReady() && may("rooms.open"))
    return (
      <Words
        title={t("The rooms are ready")}
        what={t("Everybody sees a countdown of 20 seconds, then goes to their room.")}
      />
    )
  if (roomsAreWanted() && may("rooms.compose"))
    return (
      <Words
        title={t("This item takes place in rooms")}
        what={t("You see who would sit where, and can change it. Nobody moves yet.")}
      />
    )
  if (roomsState() === "open" && may("rooms.recall"))
    return (
      <Words
        title={n("{n} person is in a room", "{n} people are in rooms", inRooms())}
        what={t("They are told, and come back together when the countdown ends.")}
      />
    )
  if (isBreak() && may("agenda.extend")) return <Words title={breakTitle()} what={breakWhat(after)} />
  if (!after)
    return (
      <Words
        title={t("This is the last item")}
        what={may("session.close") ? t("Closing ends the session for everybody.") : ""}
      />
    )
  return (
    <Words
      title={t("Next: {item} at {time}", { item: after.title, time: clockTime(after.starts + overrun(), true) })}
      what={may("agenda.next") ? does(after) : ""}
    />
  )
}

function startsAt(): string {
  const starts = session()?.starts
  return starts ? t("The session starts at {time}.", { time: clockTime(starts, true) }) : ""
}

function Words({ title, what }: { title: string; what?: string }) {
  return (
    <>
      <p class="c-bar-title">{title}</p>
      {what && <p class="c-bar-what">{what}</p>}
    </>
  )
}

function Moving({ kind, at }: { kind: "open" | "recall"; at: number }) {
  const seconds = Math.max(0, Math.ceil((at - now.value) / 1000))
  const words =
    kind === "open"
      ? n("The rooms open in {n} second", "The rooms open in {n} seconds", seconds)
      : n("Everybody comes back in {n} second", "Everybody comes back in {n} seconds", seconds)
  return <Words title={words} what={t("Everybody has been told.")} />
}

function does(item: Item): string {
  const it = onTable()
  if (it?.by_time && !it.held)
    return t("Goes on by itself at {time}. You can hold it.", { time: clockTime(it.ends, true) })
  if (item.mode === "breakout") return t("Everybody sees the task; the rooms open when you open them.")
  if (item.mode === "vote" || item.mode === "poll")
    return t("Everybody sees the item; the ballot opens when you open it.")
  if (item.mode === "break") return t("Everybody sees when the break ends.")
  return t("Everybody sees the new item at once.")
}

/** Who pressed what, and how long it can be taken back. */
function Newest() {
  const it = last()
  if (!it) return null
  const rest = undoLeft()
  return (
    <p class="c-bar-last">
      <span>
        {t("{name} pressed {act} at {time}", { name: it.by, act: askWord(it.ask), time: clockTime(it.at, true) })}
      </span>
      {rest > 0 && (
        <Act tone="quiet" icon="undo" shortcut="u" onPress={undo}>
          {t("Undo ({time} left)", { time: stopwatch(rest) })}
        </Act>
      )}
    </p>
  )
}

function Acts() {
  const state = session()?.state
  const main = nextAct()
  const live = state === "live"
  const byTime = onTable()?.by_time && !onTable()?.held
  return (
    <>
      {state === "closed" && <AfterTheEnd />}
      {live && may("agenda.back") && (
        <Act icon="back" shortcut="b" once onPress={back}>
          {t("Back")}
        </Act>
      )}
      {live && onTable() && may("agenda.extend") && (
        <>
          <Act sign="minus" shortcut="s" label={t("Shorten by 5 minutes")} onPress={() => extend(-300)}>
            {t("Shorten 5")}
          </Act>
          <Act icon="plus" shortcut="e" label={t("Extend by 5 minutes")} onPress={() => extend(300)}>
            {t("Extend 5")}
          </Act>
        </>
      )}
      {live && may("session.pause") && (
        <Act icon="pause" shortcut="p" onPress={pause}>
          {t("Pause")}
        </Act>
      )}
      {byTime && may("agenda.hold") && (
        <Act icon="pause" shortcut="h" onPress={hold}>
          {t("Hold")}
        </Act>
      )}
      {live && main?.run !== next && itemAfter() && may("agenda.next") && (
        <Act icon="arrow" shortcut="n" once onPress={next}>
          {t("Next")}
        </Act>
      )}
      {main && <MainAct words={main.words} run={main.run} shortcut={main.run === next ? "n" : undefined} />}
    </>
  )
}

function MainAct({ words, run, shortcut }: { words: string; run: () => unknown; shortcut: string | undefined }) {
  return (
    <button
      type="button"
      class="c-act c-main c-big"
      aria-keyshortcuts={shortcut ? `Enter ${shortcut}` : "Enter"}
      onClick={(event) => void (event.detail > 1 ? null : run())}
    >
      <span>{words}</span>
      <Icon name="arrow" />
      <kbd aria-hidden="true">Enter</kbd>
    </button>
  )
}

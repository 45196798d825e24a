/** The run of show: every item with its planned, actual and forecast times; the running one never scrolls away. */
import { signal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { clockTime, day, left, now, remaining } from "../lib/clock"
import { list, n, t } from "../lib/texts"
import { Bar, Icon } from "../lib/ui"
import { may } from "../lib/view"
import { goTo } from "./acts"
import { Sign } from "./icons"
import { PlanB } from "./papers"
import { Act } from "./press"
import { dayEnds, itemNow, items, onTable, overrun } from "./seen"
import type { Item } from "./shapes"
import { instrumentWord, modeWord } from "./words"

const unfolded = signal<string | null>(null)

export function RunOfShow() {
  const box = useRef<HTMLOListElement>(null)
  const running = onTable()?.item
  useEffect(() => {
    const list = box.current
    if (!list) return
    const sizes = new ResizeObserver(() => center(list))
    for (const it of [list, list.querySelector(".c-item-now")]) if (it) sizes.observe(it)
    return () => sizes.disconnect()
  }, [running])
  const all = items()
  return (
    <section class="c-show" aria-labelledby="c-show">
      <header class="c-show-head">
        <h2 id="c-show">{t("Run of show")}</h2>
        <PlanB />
      </header>
      <ol ref={box} class="c-items" tabIndex={0} aria-labelledby="c-show">
        {all.map((it, at) => [
          all.some((other) => other.part !== it.part) && all[at - 1]?.part !== it.part && (
            <Part key={`part ${it.part}`} item={it} />
          ),
          <Row key={it.id} item={it} />,
        ])}
      </ol>
    </section>
  )
}

/** Puts the running item into the middle of the list, where it began before it stuck to an edge. */
function center(box: HTMLElement): void {
  const item = box.querySelector<HTMLElement>(".c-item-now")
  const before = item?.previousElementSibling as HTMLElement | null | undefined
  if (!item) return
  const top = before ? before.offsetTop + before.offsetHeight : 0
  box.scrollTop = top - (box.clientHeight - item.offsetHeight) / 2
}

function Part({ item }: { item: Item }) {
  return (
    <li class="c-part">
      {t("Part {number}", { number: item.part + 1 })} · {day(item.starts)}
    </li>
  )
}

const STATE_WORDS: Record<Item["state"], () => string> = {
  done: () => t("done"),
  now: () => t("now"),
  next: () => t("next"),
  ahead: () => t("ahead"),
  skipped: () => t("skipped"),
}

function StateSign({ state }: { state: Item["state"] }) {
  if (state === "done") return <Icon name="check" />
  if (state === "now") return <Icon name="play" />
  if (state === "skipped") return <Sign name="skip" />
  return null
}

function Row({ item }: { item: Item }) {
  const open = unfolded.value === item.id
  return (
    <li class={`c-item c-item-${item.state}`} aria-current={item.state === "now" ? "step" : undefined}>
      <button
        type="button"
        class="c-item-row"
        aria-expanded={open}
        onClick={() => (unfolded.value = open ? null : item.id)}
      >
        <span class="c-item-sign">
          <StateSign state={item.state} />
          <span class="unseen">{STATE_WORDS[item.state]()}</span>
        </span>
        <time class="c-item-time">{clockTime(begins(item), true)}</time>
        <span class="c-item-title">
          {item.title}
          {item.state === "next" && <span class="c-chip">{t("next")}</span>}
        </span>
        <span class="c-item-minutes">{n("{n} min", "{n} min", Math.round(item.minutes))}</span>
      </button>
      <Times item={item} />
      {item.state === "now" && <Running item={item} />}
      <Elsewhere item={item} />
      {item.by_time && item.state !== "done" && item.state !== "now" && (
        <p class="c-item-note">
          <Icon name="clock" />
          {t("Goes on by itself when its time is over")}
        </p>
      )}
      {open && <More item={item} />}
    </li>
  )
}

/** When it began, or will begin as things are: later items of this part move with what the running one overruns. */
function begins(item: Item): number {
  if (item.actual) return item.actual.started
  return item.starts + shift(item)
}

const shift = (item: Item) =>
  (item.state === "next" || item.state === "ahead") && item.part === itemNow()?.part ? overrun() : 0

const MINUTE = 60_000
const differs = (a: number, b: number) => Math.abs(a - b) >= MINUTE

/** Planned and actual or forecast times, only where they differ from what the row already says. */
function Times({ item }: { item: Item }) {
  const planned = item.planned
  const done = item.state === "done" && item.actual?.ended
  const late = planned && differs(begins(item), planned.starts)
  if (!done && !late) return null
  return (
    <p class="c-item-times">
      {done && item.actual?.ended && <span>{t("until {time}", { time: clockTime(item.actual.ended, true) })}</span>}
      {late && <span>{t("planned {time}", { time: clockTime(planned.starts, true) })}</span>}
    </p>
  )
}

function Running({ item }: { item: Item }) {
  const it = onTable()
  if (!it) return null
  const rest = remaining(it.ends, it.paused)
  const length = Math.max(1, it.ends - it.started)
  const over = rest < 0
  return (
    <div class={`c-running ${over ? "c-running-over" : ""}`}>
      <p class="c-running-time">
        <strong>{t("until {time}", { time: clockTime(it.ends, true) })}</strong>
        <span>{it.paused ? t("Paused") : left(rest)}</span>
      </p>
      <Bar part={1 - rest / length} tone={over ? "warn" : "time"} />
      {item.planned && differs(it.ends, item.planned.ends) && (
        <p class="c-soft">{t("planned until {time}", { time: clockTime(item.planned.ends, true) })}</p>
      )}
      <Cost />
      {it.by_time && (
        <p class="c-item-note">
          <Icon name="clock" />
          {it.held ? t("Held: it waits for you") : t("Goes on by itself at {time}", { time: clockTime(it.ends, true) })}
        </p>
      )}
    </div>
  )
}

/** What the running item's overrun costs at the end of the day. */
function Cost() {
  const minutes = Math.floor(overrun() / MINUTE)
  const ends = dayEnds()
  if (minutes < 1 || ends === null) return null
  return (
    <p class="c-cost">
      <Icon name="warn" />
      {n("{n} min later at the end of the day: {time}", "{n} min later at the end of the day: {time}", minutes, {
        time: clockTime(ends, true),
      })}
    </p>
  )
}

function Elsewhere({ item }: { item: Item }) {
  if (!item.elsewhere?.length || item.state === "done" || item.state === "skipped") return null
  return (
    <p class="c-item-note c-elsewhere">
      <Sign name="outside" />
      {t("To be done elsewhere: {instruments}", {
        instruments: list([...new Set(item.elsewhere.map(instrumentWord))]),
      })}
    </p>
  )
}

function More({ item }: { item: Item }) {
  const planned = item.planned
  const task = item.state === "now" ? onTable()?.task : null
  return (
    <div class="c-more">
      <dl>
        <div>
          <dt>{t("Kind")}</dt>
          <dd>{modeWord(item.mode)}</dd>
        </div>
        {planned && <Span words={t("Planned")} from={planned.starts} to={planned.ends} />}
        {item.actual && <Span words={t("Actual")} from={item.actual.started} to={item.actual.ended ?? now.value} />}
        {!item.actual && <Span words={t("Forecast")} from={item.starts + shift(item)} to={item.ends + shift(item)} />}
      </dl>
      {task && <p class="c-task">{task}</p>}
      {item.rooms?.note && <p class="c-task">{item.rooms.note}</p>}
      {may("agenda.go") && item.state !== "now" && (
        <Act icon="arrow" label={t("Go to {item}", { item: item.title })} onPress={() => goTo(item.id)}>
          {t("Go to this item")}
        </Act>
      )}
    </div>
  )
}

function Span({ words, from, to }: { words: string; from: number; to: number }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{t("{from} to {to}", { from: clockTime(from, true), to: clockTime(to, true) })}</dd>
    </div>
  )
}

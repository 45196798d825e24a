/** The top bar: which session, what time it is, how far from the plan, who is here, whether all is well. */
import { clockTime, now } from "../lib/clock"
import { useLasting } from "../lib/bands"
import { ask, keepsNothing, line } from "../lib/link"
import { LANGUAGES, lang, n, t } from "../lib/texts"
import { Icon, SideMark, type IconName } from "../lib/ui"
import { AlarmCount } from "./alarms"
import { byTelephone } from "./atdoor"
import { helpOpen, larger, narrow } from "./layout"
import { behind, dayEnds, expected, me, onTable, present, session, sides } from "./seen"
import { roleWord } from "./words"

export function TopBar() {
  return (
    <header class="c-top">
      <Title />
      <span class="c-top-clock">{clockTime(now.value, true)}</span>
      <Drift />
      <Present />
      <AlarmCount />
      <LineWords />
      {!narrow.value && <Own />}
    </header>
  )
}

const STATES: Record<string, () => string> = {
  lobby: () => t("not started"),
  live: () => t("live"),
  paused: () => t("paused"),
  closed: () => t("closed"),
}

function Title() {
  const it = session()
  return (
    <div class="c-top-title">
      <span class="c-mark" aria-hidden="true" />
      <div class="c-top-names">
        <h1>{it?.title}</h1>
        <small>
          {me()?.name} · {roleWord(me()?.role ?? "")}
        </small>
      </div>
      <span class={`c-state c-state-${it?.state}`}>{it && STATES[it.state]?.()}</span>
    </div>
  )
}

function Drift() {
  const ends = dayEnds()
  if (!onTable() || ends === null) return null
  const minutes = behind()
  const time = clockTime(ends, true)
  const words =
    minutes > 0
      ? n("{n} min behind, ends {time}", "{n} min behind, ends {time}", minutes, { time })
      : minutes < 0
        ? n("{n} min ahead, ends {time}", "{n} min ahead, ends {time}", -minutes, { time })
        : t("on time, ends {time}", { time })
  return (
    <span class={`c-drift ${minutes > 1 ? "c-drift-late" : ""}`}>
      <Icon name="clock" />
      {words}
    </span>
  )
}

function Present() {
  const [here, of] = [present(), expected()]
  if (!here) return null
  const places = sides().length ? sides() : [{ id: "", title: t("Here") }]
  return (
    <dl class="c-present">
      {places.map(({ id, title }) => (
        <div key={id}>
          <dt>
            {id ? <SideMark side={id} /> : t("Here")}
            {id && <span class="unseen">{title}</span>}
          </dt>
          <dd>{ofWords(id ? (here.sides[id] ?? 0) : here.total, id ? of?.sides[id] : of?.total)}</dd>
        </div>
      ))}
      {byTelephone.value > 0 && (
        <div>
          <dt>
            <Icon name="phone" />
            <span class="unseen">{t("By telephone")}</span>
          </dt>
          <dd>{byTelephone.value}</dd>
        </div>
      )}
    </dl>
  )
}

const ofWords = (here: number, of: number | undefined) =>
  of === undefined ? String(here) : t("{here} of {expected}", { here, expected: of })

const LINES: Record<string, [IconName, () => string]> = {
  on: ["check", () => t("All well")],
  connecting: ["line", () => t("Connecting")],
  slow: ["warn", () => t("Slow connection")],
  off: ["warn", () => t("No connection, trying again")],
  bye: ["warn", () => t("Disconnected")],
  waits: ["warn", () => t("Nothing can be saved")],
}

function LineWords() {
  const lasting = useLasting(line.value !== "on")
  const how = lasting ? line.value : keepsNothing.value ? "waits" : "on"
  const [icon, words] = LINES[how] ?? ["line", () => ""]
  return (
    <span class={`c-line c-line-${how}`} role="status">
      <Icon name={icon} />
      <span>{words()}</span>
    </span>
  )
}

export function Own() {
  return (
    <div class="c-own">
      <button type="button" class="c-act c-quiet" title={t("Text size")} onClick={larger}>
        <Icon name="text" />
        <span>{t("Text size")}</span>
      </button>
      <select
        class="c-language"
        aria-label={t("Language")}
        value={lang.value}
        onChange={(event) => void ask("me.language", { language: event.currentTarget.value })}
      >
        {LANGUAGES.map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="c-act c-quiet"
        title={t("Keys")}
        aria-keyshortcuts="?"
        onClick={() => (helpOpen.value = true)}
      >
        <Icon name="help" />
        <span>{t("Keys")}</span>
      </button>
    </div>
  )
}

/** Before it begins: when we start, what will happen, that nothing needs to be done. */
import { clockTime, day, left, now } from "../lib/clock"
import { t } from "../lib/texts"
import { CheckCard, CheckScreen } from "./check/screen"
import { checking } from "./check/said"
import { itemNext, items, onTheTable, session } from "./mine"
import { MyRoom } from "./room"

const DAY = 20 * 60 * 60 * 1000

export function LobbyScreen() {
  const starts = startOf()
  const rest = starts - now.value
  if (checking.value) return <CheckScreen />
  return (
    <main class="screen two">
      <div class="column">
        <p class="kicker">{session()?.title}</p>
        <h1>{rest > -60_000 ? t("We start at {time}. You need do nothing.", { time: clockTime(starts) }) : t("We start in a moment. You need do nothing.")}</h1>
        {rest > DAY && <p class="lead">{day(starts)}</p>}
        {rest > 0 && rest <= DAY && <p class="lead">{left(rest)}</p>}
        <CheckCard />
        <MyRoom />
      </div>
      <div class="column">
        <Programme />
      </div>
    </main>
  )
}

/** A lobby may stand before the first part or between two days. */
function startOf(): number {
  if (session()?.state === "lobby") return session()?.starts ?? now.value
  return itemNext()?.starts ?? onTheTable()?.ends ?? now.value
}

export function Programme() {
  const coming = items().filter((item) => item.state === "next" || item.state === "ahead" || item.state === "now")
  const part = coming[0]?.part
  const shown = coming.filter((item) => item.mode !== "lobby" && item.part === part)
  if (!shown.length) return null
  return (
    <section class="sheet">
      <h2>{t("What will happen")}</h2>
      <ol class="programme">
        {shown.map((item) => (
          <li key={item.id}>
            <span class="soft">{clockTime(item.starts, true)}</span>
            <span>{item.title}</span>
          </li>
        ))}
      </ol>
      <p class="soft">{t("All times are approximate.")}</p>
    </section>
  )
}

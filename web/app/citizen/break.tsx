/** A break: until when, by the clock on the wall; a bell; and "I am back". */
import { clockTime, left, now, remaining } from "../lib/clock"
import { t } from "../lib/texts"
import { IAmBack } from "./back"
import { BellSign, BellSwitch } from "./bell"
import { itemNext, itemNow, onTheTable, session } from "./mine"
import { MyRoom } from "./room"
import { EarlierResults, Votes } from "./ballot/votes"

export function BreakScreen() {
  const table = onTheTable()
  const ends = table?.ends ?? now.value
  const rest = remaining(ends, table?.paused)
  const next = itemNext()
  return (
    <main class="screen two">
      <div class="column">
        <p class="kicker">{session()?.title}</p>
        <h1>{itemNow()?.title ?? t("Break")}</h1>
        <p class="rest">
          <span class="soft">{rest > 0 ? t("We go on at") : t("We go on in a moment.")}</span>
          {rest > 0 && <b class="big-clock">{clockTime(ends)}</b>}
          {rest > 0 && <span class="soft">{left(rest)}</span>}
        </p>
        <BellSign rest={rest} />
        <IAmBack />
        {rest > 0 && <BellSwitch />}
        <p>{t("You can leave this page open and come back.")}</p>
        {next && <p>{t("Then: {title}", { title: next.title })}</p>}
        <Votes />
      </div>
      <div class="column">
        <MyRoom />
        <EarlierResults />
      </div>
    </main>
  )
}

/** The right of the console: people who want something, on the floor or at the help desk. */
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { Alarms } from "./alarms"
import { Arrivals, arriving } from "./arrivals"
import { Desk, waitingCalls } from "./desk"
import { Floor } from "./floor"
import { Held } from "./held"
import { narrow, right, wide } from "./layout"
import { toSecond } from "./polls/second"
import { toListen } from "./polls/telephone"
import { hands } from "./queue"
import { Tabs } from "./tabs"
import { TeamFold, unread } from "./team"

const floor = (
  <div key="floor" class="c-right-part c-right-floor" tabIndex={0} role="group" aria-labelledby="c-floor">
    <Floor />
  </div>
)

const desk = (
  <div key="desk" class="c-right-part c-right-desk" tabIndex={0} role="group" aria-labelledby="c-desk">
    <Held />
    <Desk />
    <TeamFold />
  </div>
)

/** Calls that wait for me, and what needs me as a second member of the team in a vote. */
export const wanted = () => waitingCalls() + toListen() + toSecond().length + (may("people.telephone") ? arriving().length : 0)

export function Right() {
  const all = may("people.telephone")
  if (wide.value)
    return (
      <aside class="c-right" aria-label={t("Floor and help desk")}>
        <Alarms />
        {all && <Arrivals />}
        {deskFirst() ? [desk, floor] : [floor, desk]}
      </aside>
    )
  const open = right.value
  return (
    <aside class={`c-right ${narrow.value ? "c-right-narrow" : ""}`} aria-label={t("Floor and help desk")}>
      <Alarms />
      {all && <Arrivals />}
      <Tabs
        name={t("Floor and help desk")}
        id="c-right"
        open={open}
        choose={(id) => (right.value = id)}
        tabs={[
          { id: "floor", words: t("Floor"), count: hands().length },
          { id: "desk", words: t("Help desk"), count: wanted() + unread(), need: wanted() > 0 },
        ]}
      />
      <div class="c-scroll" role="tabpanel" id={`c-right-${open}`} aria-labelledby={`c-right-tab-${open}`} tabIndex={0}>
        {open === "floor" ? <Floor /> : [<Held key="held" />, <Desk key="desk" />, <TeamFold key="team" />]}
      </div>
    </aside>
  )
}

/** Those who take calls and do not chair see the desk first. */
const deskFirst = () => may("help.take") && !may("floor.give")

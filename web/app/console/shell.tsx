/** The whole console: top bar, run of show, middle, right and bottom bar; on a phone three panes one at a time. */
import { t } from "../lib/texts"
import { may, ready } from "../lib/view"
import { LostBand, StoreBand } from "../lib/bands"
import { byeWhy, line } from "../lib/link"
import { Announcer, Notice } from "../lib/ui"
import { alarms } from "./alarms"
import { BottomBar } from "./bottombar"
import { BondsDialog } from "./composing/bonds"
import { TeamsDialog } from "./composing/teams"
import { ConductDialog } from "./conductdialog"
import { Confirm } from "./confirm"
import { RoomDrawer } from "./drawer"
import { hands } from "./queue"
import { KeyHelp } from "./keyhelp"
import { narrow, pane } from "./layout"
import { MendDialog } from "./mending"
import { Middle } from "./middle"
import { NewCodeDialog } from "./newcode"
import { DictateDialog } from "./polls/dictate"
import { TopDialog } from "./polls/roompolls"
import { Right, wanted } from "./right"
import { RunOfShow } from "./runofshow"
import { Tabs } from "./tabs"
import { unread } from "./team"
import { Toasts } from "./toast"
import { Own, TopBar } from "./topbar"

export function Shell() {
  if (line.value === "bye") return <Gone />
  if (!ready.value)
    return (
      <main class="c-wait">
        <p role="status">{t("Connecting")}</p>
      </main>
    )
  return (
    <div class={`console ${narrow.value ? "console-narrow" : ""}`}>
      <div>
        <TopBar />
        <StoreBand />
        <LostBand words={t("The server has lost its last moments. Please check your last step.")} />
      </div>
      {narrow.value ? <Narrow /> : <Columns />}
      <div>
        <Toasts />
        <BottomBar />
      </div>
      <Confirm />
      <RoomDrawer />
      <ConductDialog />
      <BondsDialog />
      <TeamsDialog />
      <MendDialog />
      <KeyHelp />
      <NewCodeDialog />
      <DictateDialog />
      <TopDialog />
      <Announcer />
    </div>
  )
}

function Columns() {
  return (
    <main class="c-columns">
      <RunOfShow />
      <Middle />
      <Right />
    </main>
  )
}

function Narrow() {
  const open = pane.value ?? (may("agenda.next") ? "now" : "rooms")
  const waiting = wanted()
  return (
    <main class="c-narrow">
      <Tabs
        name={t("Views")}
        id="c-pane"
        open={open}
        choose={(id) => (pane.value = id)}
        tabs={[
          { id: "now", words: t("Now") },
          { id: "rooms", words: t("Session") },
          {
            id: "desk",
            words: t("Desk"),
            count: waiting + hands().length + alarms().length + unread(),
            need: waiting + alarms().length > 0,
          },
        ]}
      />
      <div class="c-pane" role="tabpanel" id={`c-pane-${open}`} aria-labelledby={`c-pane-tab-${open}`}>
        {open === "now" ? [<RunOfShow key="show" />, <Own key="own" />] : open === "rooms" ? <Middle /> : <Right />}
      </div>
    </main>
  )
}

const ENDS: Record<string, () => string> = {
  "too-many": () => t("This link is open in more than five places. This window was closed; the others go on."),
  revoked: () => t("This link has been replaced. Please ask the organiser for your new one."),
  removed: () => t("You have been taken out of this session. Please ask the organiser."),
}

function Gone() {
  const words = ENDS[byeWhy.value ?? ""]?.() ?? t("This window is no longer connected. Please open your link again.")
  return (
    <main class="c-wait">
      <Notice tone="warn">{words}</Notice>
      <button type="button" class="c-act c-main" onClick={() => location.reload()}>
        {t("Open again")}
      </button>
    </main>
  )
}

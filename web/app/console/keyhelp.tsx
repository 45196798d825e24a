/** The help on keys, and the switch that turns them off. */
import { t } from "../lib/texts"
import { Dialog } from "../lib/ui"
import { nextAct } from "./acts"
import { KEYS, allowed } from "./keys"
import { Papers } from "./papers"
import { helpOpen, keysOn } from "./layout"
import { breakouts } from "./seen"

export function KeyHelp() {
  const next = nextAct()
  return (
    <Dialog title={t("Keys")} open={helpOpen.value} onClose={() => (helpOpen.value = false)} class="c-keyhelp">
      <dl class="c-keys">
        {KEYS.filter(allowed).map((it) => (
          <div key={it.key}>
            <dt>
              <kbd>{it.key}</kbd>
            </dt>
            <dd>{it.words()}</dd>
          </div>
        ))}
        {breakouts().length > 0 && (
          <div>
            <dt>
              <kbd>← ↑ ↓ →</kbd>
            </dt>
            <dd>{t("From one room of the wall to the next")}</dd>
          </div>
        )}
        {next && (
          <div>
            <dt>
              <kbd>Enter</kbd>
            </dt>
            <dd>{t("What the bar at the bottom proposes: {act}", { act: next.words })}</dd>
          </div>
        )}
      </dl>
      <Papers />
      <label class="c-check">
        <input
          type="checkbox"
          checked={keysOn.value}
          onChange={(event) => (keysOn.value = event.currentTarget.checked)}
        />
        {t("Single keys work (never while you type)")}
      </label>
    </Dialog>
  )
}

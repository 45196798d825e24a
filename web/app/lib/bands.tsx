/** What the server says of itself, on every page: it cannot keep anything now, or it has lost its last moments. */
import { useEffect, useState } from "preact/hooks"
import { announce } from "./announce"
import { Icon } from "./icons"
import { keepsNothing, line } from "./link"
import { t } from "./texts"
import { lostMoments } from "./view"

const NOT_SEEN = 1500

/** A drop that heals within a moment is not worth a word. */
export function useLasting(wanted: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!wanted) return setLasting(false)
    const wait = setTimeout(() => setLasting(true), NOT_SEEN)
    return () => clearTimeout(wait)
  }, [wanted])
  return lasting
}

/** Calm: what was pressed is sent again by itself. */
export function StoreBand() {
  if (!keepsNothing.value || !["on", "slow"].includes(line.value)) return null
  return (
    <div class="band" role="status" aria-live="polite">
      <Icon name="clock" />
      <p>
        {t(
          "The server cannot save anything new at the moment. What you see stays. What you send is tried again by itself. You need do nothing.",
        )}
      </p>
    </div>
  )
}

/** Stays until it was read: only people know what they did last. */
export function LostBand({ words }: { words: string }) {
  const lost = lostMoments.value
  useEffect(() => {
    if (lost) announce(words)
  }, [lost])
  if (!lost) return null
  return (
    <div class="band lost">
      <Icon name="warn" />
      <p>{words}</p>
      <button type="button" class="band-read" onClick={() => (lostMoments.value = false)}>
        {t("I have read it")}
      </button>
    </div>
  )
}

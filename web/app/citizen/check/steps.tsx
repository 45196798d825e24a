/** The four steps of the check: connection, sound, microphone, camera. */
import { useEffect, useRef, useState } from "preact/hooks"
import { line } from "../../lib/link"
import * as slowly from "../../lib/slowly"
import { t } from "../../lib/texts"
import { Button, Notice } from "../../lib/ui"
import { playTone, useDevice, useLevel, wrongWith } from "./devices"
import { goOn, report } from "./said"
import { Trial } from "./trial"
import { remedies } from "./remedies"

const SLOW = 1500

type Found = "works" | "slow" | "http"

/** The page asks over its own line and looks how long the answer takes. */
async function measure(): Promise<Found> {
  const begun = performance.now()
  await report("connection", "begun")
  const took = performance.now() - begun
  if (slowly.on()) return "http"
  return took > SLOW || line.value !== "on" ? "slow" : "works"
}

export function Connection() {
  const [found, set] = useState<Found | null>(null)
  const [tried, setTried] = useState(0)
  const look = async () => {
    set(null)
    const result = await measure()
    set(result)
    await report("connection", "works", result === "works" ? undefined : result)
  }
  useEffect(() => void look(), [])
  if (!found) return <p class="lead" role="status">{t("One moment, we are measuring …")}</p>
  const remedy = remedies("connection", "slow")[tried]
  const again = () => {
    setTried(tried + 1)
    void look()
  }
  return (
    <>
      <Notice tone={found === "works" ? "ok" : "warn"} icon={found === "works" ? "check" : "line"}>
        <p class="lead" role="status">{connectionWords(found)}</p>
      </Notice>
      {found !== "works" && remedy && <p class="lead">{remedy}</p>}
      <Button kind="main" icon="arrow" onPress={() => goOn("connection")}>
        {t("Go on")}
      </Button>
      {found !== "works" && (
        <Button icon="undo" onPress={again}>
          {t("Measure again")}
        </Button>
      )}
    </>
  )
}

function connectionWords(found: Found): string {
  if (found === "works") return t("Your connection works.")
  if (found === "slow") return t("Your connection works, but it is slow. You can take part all the same.")
  return t("Your network lets us through only by a detour. You can take part; everything comes a few seconds later.")
}

export function Loudspeaker() {
  const [played, set] = useState(false)
  const play = async () => {
    await playTone().catch(() => undefined)
    set(true)
  }
  return (
    <Trial
      step="sound"
      what={played ? "silent" : ""}
      question={played ? t("Do you hear three soft tones?") : undefined}
      start={{ words: t("Play the tones"), again: t("Play them again"), begun: played, run: play }}
    >
      {!played && <p class="lead">{t("We play three soft tones.")}</p>}
    </Trial>
  )
}

export function Microphone() {
  const [device, open] = useDevice("audio")
  const level = useLevel(device)
  const on = device.at === "on"
  return (
    <Trial
      step="microphone"
      what={on ? "silent" : wrongWith(device)}
      question={on ? t("Speak a few words. Does the bar move?") : undefined}
      start={{ words: t("Switch the microphone on"), again: t("Try again"), begun: device.at !== "off", run: open }}
    >
      {device.at === "off" && <p class="lead">{t("Your browser asks whether this page may use the microphone. Please allow it.")}</p>}
      {on && <Meter level={level} />}
    </Trial>
  )
}

function Meter({ level }: { level: number }) {
  return (
    <div class="check-meter" role="meter" aria-label={t("How loud it is")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(level * 100)}>
      <div style={{ width: `${level * 100}%` }} />
    </div>
  )
}

export function Camera() {
  const [device, open] = useDevice("video")
  const picture = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (picture.current && device.at === "on") picture.current.srcObject = device.stream
  }, [device])
  const on = device.at === "on"
  return (
    <Trial
      step="camera"
      what={on ? "dark" : wrongWith(device)}
      question={on ? t("Do you see yourself?") : undefined}
      start={{ words: t("Switch the camera on"), again: t("Try again"), begun: device.at !== "off", run: open }}
    >
      {device.at === "off" && <p class="lead">{t("Your browser asks whether this page may use the camera. Please allow it.")}</p>}
      {on && <video ref={picture} class="check-picture" autoPlay muted playsInline aria-label={t("Your own picture")} />}
    </Trial>
  )
}

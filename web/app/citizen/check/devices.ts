/** Microphone, camera and loudspeaker of this device. Nothing of them leaves the browser, nothing is recorded. */
import { useEffect, useState } from "preact/hooks"

type Wrong = "denied" | "missing" | "busy" | "unsupported"

/** While it is asked for again, it is known what was wrong before. */
export type Device =
  | { at: "off" }
  | { at: "asking"; before: Wrong | "" }
  | { at: "on"; stream: MediaStream }
  | { at: "wrong"; what: Wrong }

const WRONG: Record<string, Wrong> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
}

/** A device that is switched on by a press and off when the step is left. */
export function useDevice(kind: "audio" | "video"): [Device, () => Promise<void>] {
  const [device, set] = useState<Device>({ at: "off" })
  useEffect(() => () => stop(device), [device])
  const open = async (): Promise<void> => {
    set({ at: "asking", before: wrongWith(device) })
    try {
      if (!navigator.mediaDevices) return set({ at: "wrong", what: "unsupported" })
      set({ at: "on", stream: await navigator.mediaDevices.getUserMedia({ [kind]: true }) })
    } catch (fault) {
      set({ at: "wrong", what: WRONG[(fault as DOMException).name] ?? "unsupported" })
    }
  }
  return [device, open]
}

export function wrongWith(device: Device): Wrong | "" {
  if (device.at === "wrong") return device.what
  return device.at === "asking" ? device.before : ""
}

function stop(device: Device): void {
  if (device.at === "on") for (const track of device.stream.getTracks()) track.stop()
}

/** How loud it is at the microphone, from 0 to 1, ten times a second. */
export function useLevel(device: Device): number {
  const [level, set] = useState(0)
  useEffect(() => {
    if (device.at !== "on") return
    const context = new AudioContext()
    const listener = context.createAnalyser()
    context.createMediaStreamSource(device.stream).connect(listener)
    const heard = new Uint8Array(listener.fftSize)
    const timer = setInterval(() => {
      listener.getByteTimeDomainData(heard)
      set(Math.min(1, Math.max(...heard.map((each) => Math.abs(each - 128))) / 64))
    }, 100)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [device])
  return level
}

/** Three soft tones, a second and a half long. */
export async function playTone(): Promise<void> {
  const context = new AudioContext()
  await context.resume()
  ;[440, 554, 659].forEach((pitch, place) => note(context, pitch, context.currentTime + place * 0.45))
  setTimeout(() => void context.close(), 2500)
}

function note(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(0.0001, at)
  volume.gain.exponentialRampToValueAtTime(0.3, at + 0.05)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6)
  tone.connect(volume).connect(context.destination)
  tone.start(at)
  tone.stop(at + 0.65)
}

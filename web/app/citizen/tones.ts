/** The tones of a bell, made in the page: no file has to be fetched. */

let audio: AudioContext | undefined

/** Browsers let a page sound only after a touch or a key: whoever reloads with the bell on lends theirs. */
export function arm(wanted: () => boolean): void {
  const wake = (): void => {
    if (!wanted()) return
    void ready()?.resume()
    if (audio?.state === "running") for (const kind of ["pointerdown", "keydown"]) removeEventListener(kind, wake)
  }
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, wake)
}

/** So many strokes, one after the other. */
export function strike(times: number): void {
  const sound = ready()
  if (!sound) return
  void sound.resume()
  for (let stroke = 0; stroke < times; stroke++) one(sound, sound.currentTime + 0.05 + stroke * 0.9)
}

function ready(): AudioContext | undefined {
  try {
    audio ??= new AudioContext()
  } catch {
    // No sound here: the sign on the page stays.
  }
  return audio
}

/** How high each partial of the bell is (Hz), how loud, and for how many seconds it rings on. */
const PARTIALS = [
  [659.3, 0.3, 2.4],
  [1318.5, 0.12, 1.4],
  [1977.8, 0.05, 0.8],
] as const

function one(sound: AudioContext, at: number): void {
  for (const [height, loud, rings] of PARTIALS) {
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    tone.frequency.value = height
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(loud, at + 0.01)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + rings)
    tone.connect(volume).connect(sound.destination)
    tone.start(at)
    tone.stop(at + rings)
  }
}

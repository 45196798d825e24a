/** What to try when something does not work: one thing at a time, the likeliest first, in plain words. */
import { t } from "../../lib/texts"

const settings = () =>
  t("On a telephone or tablet: open the settings, choose your browser and allow it there. Then load this page again.")

const SLOW = () => [
  t("Go nearer to the box that gives you the internet, or plug in its cable."),
  t("Close other windows and programs, above all films and downloads. Ask others at home to wait a little with theirs."),
  t("On a telephone: switch from the wireless network to the mobile network, or the other way round."),
]

const SILENT = () => [
  t("Turn the volume up on your device. Look whether a key or a switch makes it silent."),
  t("With headphones or a loudspeaker: look whether they are plugged in and switched on, or pull them out."),
  t("Close other windows and programs that use the sound, such as another video meeting."),
]

const MICROPHONE: Record<string, () => string[]> = {
  denied: () => [
    t("This page may not use the microphone. Press the small sign beside the address at the top and allow the microphone."),
    settings(),
  ],
  missing: () => [t("We find no microphone. Plug one in, or a headset, and try again.")],
  busy: () => [t("Another program is using the microphone. Close other video meetings and try again.")],
  unsupported: () => [t("This browser cannot lend the microphone to a page. Open your link in another browser.")],
  silent: () => [
    t("Speak a little louder and nearer. Look whether your headset has a switch that makes it silent."),
    t("In the settings of your device, look under sound which microphone is chosen."),
  ],
}

const CAMERA: Record<string, () => string[]> = {
  denied: () => [
    t("This page may not use the camera. Press the small sign beside the address at the top and allow the camera."),
    settings(),
  ],
  missing: () => [t("We find no camera. Plug one in and try again, or take part without a picture.")],
  busy: () => [t("Another program is using the camera. Close other video meetings and try again.")],
  unsupported: () => [t("This browser cannot lend the camera to a page. Open your link in another browser.")],
  dark: () => [
    t("Look whether a slide or a sticker covers the camera."),
    t("Sit so that light falls on your face, not into the camera."),
  ],
}

export function remedies(step: string, what: string): string[] {
  if (step === "connection") return SLOW()
  if (step === "sound") return SILENT()
  return (step === "camera" ? CAMERA : MICROPHONE)[what]?.() ?? []
}

/** How the browser code becomes the files under web/static/dist: four entries, one shared part, one style sheet. */
import { defineConfig, type Plugin } from "vite"

const STYLES = "virtual:styles"

/** Gathers web/app/styles/*.css, in the order of their names, into one style sheet that no script has to import. */
function styles(): Plugin {
  return {
    name: "styles",
    enforce: "post", // after the style sheet was taken from the script beside it
    resolveId: (id) => (id === STYLES ? `\0${STYLES}` : null),
    load: (id) => (id === `\0${STYLES}` ? 'import.meta.glob("/web/app/styles/*.css", { eager: true });' : null),
    generateBundle(_options, bundle) {
      delete bundle["styles.js"]
    },
  }
}

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [styles()],
  build: {
    outDir: "web/static/dist",
    emptyOutDir: true,
    target: ["chrome100", "edge100", "firefox100", "safari15.4", "ios15.4"],
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        citizen: "web/app/citizen.tsx",
        console: "web/app/console.tsx",
        live: "web/app/live.ts",
        door: "web/app/door.ts",
        styles: STYLES,
      },
      external: [/^\/static\//], // fonts and pictures that the server hands out as they are
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
        codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
      },
    },
  },
})

import { say, spokenLanguage } from "../../messages/say.ts";
import { html, type Piece } from "./markup.ts";
import { style } from "./style.ts";

/** The frame of a report: whatever goes in, it loads nothing and runs nothing. */
export function page({
  title,
  extraStyle = "",
  skipTo,
  body,
}: {
  title: string;
  extraStyle?: string;
  skipTo: string;
  body: Piece;
}): string {
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
    />
    <meta name="referrer" content="no-referrer" />
    <title>${title}</title>`;
  const content = html`<a class="skip" href="#${skipTo}">${say("Skip to the requirements")}</a> ${body}`;
  return `<!doctype html>\n<html lang="${htmlLanguages[spokenLanguage()]}">\n<head>\n${head.text}\n<style>${style}${extraStyle}</style>\n</head>\n<body>\n${content.text}\n</body>\n</html>\n`;
}

/** Chinese is written in simplified characters, which browsers choose fonts by. */
const htmlLanguages = { en: "en", zh: "zh-Hans", ja: "ja", ko: "ko" } as const;

import { englishMessages, translation } from "@kubelet-conformance/spec";
import { afterEach, describe, expect, it } from "vitest";
import { useLanguage } from "./say.ts";
import { translated } from "./translate.ts";

afterEach(() => useLanguage("en"));

/** With a word in place of each value. */
function filled(text: string): string {
  return text.replaceAll(/\{(\w+)\}/g, (_place, name: string) => `<${name}>`);
}

it.each(["zh", "ja", "ko"] as const)("every sentence is known again with its values, in %s", (language) => {
  useLanguage(language);
  // Of punctuation alone nothing is understood.
  const sentences = englishMessages().sentences.filter((sentence) => /\p{L}/u.test(sentence.replaceAll(/\{\w+\}/g, "")));
  const { sentences: known } = translation(language);
  expect(sentences.map((sentence) => [sentence, translated(filled(sentence))])).toEqual(
    sentences.map((sentence) => [sentence, filled(known[sentence] ?? "")]),
  );
});

describe("a translated sentence", () => {
  it("is English where English is spoken", () => {
    expect(translated("needs the read-only port: --read-only-port PORT")).toBe("needs the read-only port: --read-only-port PORT");
  });

  it("has the sentences in it translated, too", () => {
    useLanguage("ja");
    expect(translated("needs the read-only port: --read-only-port PORT")).toBe("読み取り専用ポートが必要: --read-only-port PORT");
    expect(translated('there is no profile "cor"; did you mean "core"?')).toBe('プロファイル"cor"はない。"core"のことか');
    expect(translated("the kubelet stopped answering during a.b, c.d and 3 more (the connection was refused)")).toBe(
      "kubeletがa.b, c.dほか3件のチェック中に応答しなくなった(接続が拒否された)",
    );
  });

  it("may be of a file, and have several parts", () => {
    useLanguage("ja");
    expect(translated("/a/b.yaml: the kubeconfig's user has a token and a password; leave one of them out")).toBe(
      "/a/b.yaml: kubeconfigのユーザーにトークンとパスワードの両方がある。一方を省く",
    );
  });

  it("may be of a place in an archive", () => {
    useLanguage("zh");
    expect(translated('/a/b.tar: entry "x y" at byte 512: an earlier entry has the same name')).toBe(
      '/a/b.tar: 第 512 字节处的条目 "x y"：已有同名的条目',
    );
    expect(translated("/a/b.tar: at byte 512: a block of zeros stands between entries")).toMatch(/^\/a\/b\.tar: 在第 512 字节处：[^a-z]+$/);
    expect(translated('/a/b.tar: entry "x": it is not JSON')).toMatch(/^\/a\/b\.tar: 条目 "x"：/);
  });

  it("keeps names, whatever words they are", () => {
    useLanguage("zh");
    expect(translated("--node needs a value: --node NAME")).toBe("--node 需要一个值：--node NAME");
  });

  it("keeps what nothing of ours says", () => {
    useLanguage("ko");
    for (const text of ["", "constructor", "whatever a kubelet says", 'E1123 12:00:00 run.go:72] "command failed"'])
      expect(translated(text)).toBe(text);
  });

  it("may be of any length", () => {
    useLanguage("zh");
    expect(translated("; a: (b), c is d".repeat(20_000))).toContain("a: (b)");
  });
});

import type { StaticToken } from "@kubelet-conformance/control-plane";
import { readFile } from "node:fs/promises";
import { FileError } from "../file-error.ts";

/** Reads a file of `token,user,uid,"group1,group2"` lines, as kube-apiserver's --token-auth-file has them. Throws FileError. */
export async function readTokenFile(path: string): Promise<StaticToken[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new FileError(path, undefined, "the token file cannot be read", { cause });
  }
  const tokens = text.split("\n").flatMap((line, index) => {
    const content = line.trim();
    return content === "" || content.startsWith("#") ? [] : [parseLine(content, path, index + 1)];
  });
  if (tokens.length === 0) {
    throw new FileError(path, undefined, 'the token file has no tokens; write lines of token,user,uid,"groups"');
  }
  return tokens;
}

function parseLine(line: string, path: string, number: number): StaticToken {
  const [token = "", name = "", uid = "", groups = ""] = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  // The line itself is a secret: it is never repeated in a message.
  if (token === "" || name === "" || uid === "") {
    throw new FileError(path, number, 'a token line needs token, user and uid: token,user,uid,"groups"');
  }
  return {
    token,
    name,
    uid,
    groups: groups
      .split(",")
      .map((group) => group.trim())
      .filter((group) => group !== ""),
  };
}

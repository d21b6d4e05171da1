/** What the headers of a message or part say about its body. Only what decides whether the body is kept. */
export interface PartHeaders {
  /** Like "text/plain"; lower case. */
  type: string;
  boundary: string | null;
  encoding: string;
  attached: boolean;
  /** The file name, as far as it is written plainly. */
  name: string;
}

const latin1 = new TextDecoder("latin1");
const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;

function fieldsOf(block: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>();
  const text = latin1.decode(block).replace(/\r\n/g, "\n");
  for (const line of text.replace(/\n(?=[ \t])/g, "").split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (name && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** The parameters of a header's value; one that was cut into numbered pieces (RFC 2231) is put together. */
function parametersOf(value: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const pieces = new Map<string, string[]>();
  for (const [, rawName = "", quoted, plain] of value.matchAll(PARAMETER)) {
    const content = quoted === undefined ? (plain ?? "").trim() : quoted.replace(/\\(.)/g, "$1");
    const [, name = "", number] = /^([^*]+)(?:\*(\d+))?\*?$/.exec(rawName.toLowerCase()) ?? [];
    if (number === undefined) {
      if (!parameters.has(name)) parameters.set(name, content);
    } else {
      const list = pieces.get(name) ?? [];
      list[Number(number)] = content;
      pieces.set(name, list);
    }
  }
  for (const [name, list] of pieces) if (!parameters.has(name)) parameters.set(name, list.join(""));
  return parameters;
}

/** Reads a block of headers. `fallback` is the type of a part that states none. */
export function readPartHeaders(block: Uint8Array, fallback = "text/plain"): PartHeaders {
  const fields = fieldsOf(block);
  const contentType = fields.get("content-type");
  const disposition = fields.get("content-disposition") ?? "";
  const stated = (contentType ?? fallback).split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const parameters = parametersOf(contentType ?? "");
  return {
    type: /^[^/\s]+\/[^/]+$/.test(stated) ? stated : "text/plain",
    boundary: parameters.get("boundary") ?? null,
    encoding: (fields.get("content-transfer-encoding") ?? "").toLowerCase(),
    attached: disposition.toLowerCase().startsWith("attachment"),
    name: parametersOf(disposition).get("filename") ?? parameters.get("name") ?? "",
  };
}

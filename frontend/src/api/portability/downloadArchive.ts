import { problemFrom } from "@/api/problem";

export interface Download {
  blob: Blob;
  name: string;
}

/** The whole account as a zip. The bytes are counted on their way; the browser keeps them, on disk where they are many. */
export async function downloadArchive(onBytes: (count: number) => void, signal: AbortSignal): Promise<Download> {
  const response = await fetch("/api/exports/archive", { credentials: "same-origin", signal });
  if (!response.ok || !response.body) throw await problemFrom(response);
  let count = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        count += chunk.length;
        onBytes(count);
        controller.enqueue(chunk);
      },
    }),
  );
  const blob = await new Response(counted, { headers: { "Content-Type": "application/zip" } }).blob();
  const told = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return { blob, name: told?.[1] ?? "jobtrail.zip" };
}

import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf, csrfToken } from "@/api/client";
import { problemFrom } from "@/api/problem";
import type { Started, Upload } from "@/api/types";

/** Uploads that were begun and not finished, also in another browser or before a restart. */
export const uploadsQuery = queryOptions({
  queryKey: ["uploads"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/imports/mail/uploads", { signal })),
});

export const beginUpload = (name: string, size: number | null, signal: AbortSignal): Promise<Upload> =>
  bodyOf(api.POST("/api/imports/mail/uploads", { body: { name, size }, signal }));

export const getUpload = (id: string, signal: AbortSignal): Promise<Upload> =>
  bodyOf(api.GET("/api/imports/mail/uploads/{upload_id}", { params: { path: { upload_id: id } }, signal }));

/** The bytes go as they are, which the typed client has no way for. */
export async function putChunk(id: string, offset: number, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Upload> {
  const headers = { "X-CSRF-Token": csrfToken(), "Content-Type": "application/octet-stream" };
  const response = await fetch(`/api/imports/mail/uploads/${id}?offset=${offset}`, { method: "PUT", credentials: "same-origin", headers, body: bytes, signal });
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as Upload;
}

export const finishUpload = (id: string, size: number, signal: AbortSignal): Promise<Started> =>
  bodyOf(api.POST("/api/imports/mail/uploads/{upload_id}/finish", { params: { path: { upload_id: id }, query: { size } }, signal }));

export const removeUpload = (id: string): Promise<unknown> => bodyOf(api.DELETE("/api/imports/mail/uploads/{upload_id}", { params: { path: { upload_id: id } } }));

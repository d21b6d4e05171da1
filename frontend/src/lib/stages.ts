import type { Stage } from "@/api/types";

/** In the order a candidacy goes through them; the last two are ends. */
export const STAGES: readonly Stage[] = ["saved", "applied", "assessment", "interview", "offer", "accepted", "rejected", "withdrawn"];

export const isStage = (word: string): word is Stage => (STAGES as readonly string[]).includes(word);

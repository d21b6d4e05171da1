import type { Stage } from "@/api/types";

interface Row {
  id: number;
  stage: Stage;
}

/** Remembers at which stage the lists showed each application, and notices those that stand elsewhere now. */
export class StageWatch {
  private readonly stages = new Map<number, Stage>();
  private readonly lists = new Map<string, readonly number[]>();

  /** Takes in a list as it is now. Returns those that moved, or left it, since it was seen last; none when it was us who wrote it. */
  see(list: string, rows: readonly Row[], own: boolean): { id: number; was: Stage }[] {
    const moved: { id: number; was: Stage }[] = [];
    const here = new Set(rows.map((row) => row.id));
    if (!own) {
      for (const row of rows) {
        const was = this.stages.get(row.id);
        if (was !== undefined && was !== row.stage) moved.push({ id: row.id, was });
      }
      for (const id of this.lists.get(list) ?? []) {
        const was = this.stages.get(id);
        if (!here.has(id) && was !== undefined) moved.push({ id, was });
      }
    }
    for (const row of rows) this.stages.set(row.id, row.stage);
    for (const { id } of moved) if (!here.has(id)) this.stages.delete(id);
    this.lists.set(list, [...here]);
    return moved;
  }
}

import { Button } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { Problem, sentenceOf } from "@/api/problem";
import { Empty } from "@/components/States";
import { en } from "@/i18n/en";

/** The server can't be reached, or something on the page broke: say which, keep the way on open. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const network = error instanceof Problem || error instanceof TypeError;
  return (
    <main style={{ paddingTop: "12vh" }}>
      <Empty icon={TriangleAlert} title={network ? en.errors.load : en.errors.crashed} detail={network ? sentenceOf(error) : en.errors.crashedDetail}>
        <Button
          onClick={() => {
            reset();
            void router.invalidate();
          }}
        >
          {en.errors.reload}
        </Button>
      </Empty>
    </main>
  );
}

import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { Empty } from "@/components/States";
import { en } from "@/i18n/en";

export function NotFound() {
  return (
    <div style={{ paddingTop: "12vh" }}>
      <Empty icon={SearchX} title={en.errors.notFound} detail={en.errors.notFoundDetail}>
        <Button component={Link} to="/applications">
          {en.errors.toApplications}
        </Button>
      </Empty>
    </div>
  );
}

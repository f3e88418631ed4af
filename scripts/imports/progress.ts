import { SingleBar } from "cli-progress";
import { type Import, summaryOf } from "./run-import.ts";

/** Shows how an import comes along: a bar on a terminal, a line at each tenth elsewhere. */
export interface Progress {
  show(now: Import): void;
  end(last: Import): void;
}

export function importProgress(title: string): Progress {
  return process.stdout.isTTY ? bar(title) : lines(title);
}

function bar(title: string): Progress {
  const format = `${title.padEnd(14)} {bar} {percentage} % | {value}/{total} rows | {speed} rows/s`;
  const shown = new SingleBar({ format, barCompleteChar: "█", barIncompleteChar: "░", hideCursor: true });
  shown.start(1, 0, { speed: "-" });
  return {
    show({ counts, totalRows, rowsPerSecond }) {
      shown.setTotal(totalRows ?? 1);
      shown.update(counts.rows, { speed: Math.round(rowsPerSecond ?? 0) });
    },
    end(last) {
      shown.stop();
      console.log(`${"".padEnd(14)} ${summaryOf(last)}`);
    },
  };
}

function lines(title: string): Progress {
  let tenth = 0;
  return {
    show({ counts, totalRows }) {
      if (!totalRows) return;
      const now = Math.floor((counts.rows / totalRows) * 10);
      if (now > tenth && now < 10) console.log(`${title}: ${counts.rows} of ${totalRows} rows`);
      tenth = Math.max(tenth, now);
    },
    end(last) {
      console.log(`${title}: ${summaryOf(last)}`);
    },
  };
}

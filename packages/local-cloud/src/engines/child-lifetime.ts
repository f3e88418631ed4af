import type { ChildProcess } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Sees to it that a child ends with this process, however that ends short of `kill -9`. */
export function endWithParent(child: ChildProcess): void {
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  const removers = signals.map((signal) => {
    const onSignal = (): void => {
      // Whoever else listens is stopping the cloud in its own way; with no one else, the signal must still end us.
      if (process.listenerCount(signal) > 1) return;
      kill();
      process.removeListener(signal, onSignal);
      process.kill(process.pid, signal);
    };
    process.on(signal, onSignal);
    return () => process.removeListener(signal, onSignal);
  });
  process.on("exit", kill);
  child.on("exit", () => {
    process.removeListener("exit", kill);
    for (const remove of removers) remove();
  });
}

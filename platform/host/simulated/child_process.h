// A program that is started beside this one: with lines to say to it and lines to hear from it, ended when
// its owner is. For simulated devices and for tests. One thread, which outlives it: the system ends the child
// when that thread ends. Aborts when there are no pipes left.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace machi::host {

inline void pause(int milliseconds = 10) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}
// True as soon as `is` says so; false after `seconds`, which only what hangs ever meets.
template <class Is>
bool soon(const Is& is, int seconds = 60) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!is()) {
    if (std::chrono::steady_clock::now() > until) return false;
    pause();
  }
  return true;
}

// A folder that goes with its owner.
struct PassingFolder {
  PassingFolder();
  ~PassingFolder();
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path / name; }
  std::filesystem::path path;
};

class ChildProcess {
 public:
  // Standard error goes to the file, when one is named. group: it leads a group of its own, which its own
  // children are in.
  explicit ChildProcess(std::vector<std::string> words, const std::string& error_file = "/dev/null",
                        const std::vector<std::pair<std::string, std::string>>& environment = {},
                        bool group = false);
  ~ChildProcess() { end(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // A line for it, and its next line; "" when it says none.
  std::string say(const std::string& line, int seconds = 60);
  std::string hear(int seconds = 60);
  bool alive();
  pid_t id() const { return id_; }
  // To it, and to its group when it leads one.
  void signal(int number) const;
  // Its status as waitpid says; -1 when it had ended already.
  int end(int number = SIGTERM);
  int wait();

 private:
  pid_t id_ = -1;
  bool group_ = false;
  int to_ = -1, from_ = -1;
  std::string heard_;
};

}  // namespace machi::host

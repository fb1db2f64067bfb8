// Programs that the tests of devices start: with lines to say and lines to hear, ended when the test is over.
// Tests only.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace machi::devices::test {

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

struct Folder {
  Folder() {
    char name[] = "/tmp/machi-devices-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path / name; }
  std::filesystem::path path;
};

class Process {
 public:
  // Standard error goes to the file, when one is named.
  explicit Process(std::vector<std::string> words, const std::string& error_file = "/dev/null",
                   const std::vector<std::pair<std::string, std::string>>& environment = {}) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) abort();
    fflush(nullptr);
    id_ = fork();
    if (id_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      const int error = open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      dup2(error, 2);
      for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
      std::vector<char*> arguments;
      for (std::string& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~Process() { end(); }
  Process(const Process&) = delete;

  // A line for it, and its next line; "" when it says none.
  std::string say(const std::string& line) {
    const std::string whole = line + "\n";
    if (write(to_, whole.data(), whole.size()) < 0) return "";
    return hear();
  }
  std::string hear(int seconds = 60) {
    for (;;) {
      const auto end = heard_.find('\n');
      if (end != std::string::npos) {
        std::string out = heard_.substr(0, end);
        heard_.erase(0, end + 1);
        return out;
      }
      pollfd one{from_, POLLIN, 0};
      if (poll(&one, 1, seconds * 1000) <= 0) return "";
      char piece[4096];
      const auto got = read(from_, piece, sizeof piece);
      if (got <= 0) return "";
      heard_.append(piece, static_cast<std::size_t>(got));
    }
  }
  bool alive() const { return id_ > 0 && kill(id_, 0) == 0 && waitpid(id_, nullptr, WNOHANG) == 0; }
  pid_t id() const { return id_; }
  // Its status as waitpid says; -1 when it had ended already.
  int end(int signal = SIGTERM) {
    if (id_ <= 0) return -1;
    kill(id_, signal);
    return wait();
  }
  int wait() {
    if (id_ <= 0) return -1;
    int status = -1;
    waitpid(std::exchange(id_, -1), &status, 0);
    close(to_);
    close(from_);
    return status;
  }

 private:
  pid_t id_ = -1;
  int to_ = -1, from_ = -1;
  std::string heard_;
};

}  // namespace machi::devices::test

// The program `machi` as a process of its own: started, killed, waited for. For the tests of the hub.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace machi::hub {

class Process {
 public:
  // Its standard output and error go to files.
  Process(std::vector<std::string> words, const std::string& out, const std::string& err) {
    words.insert(words.begin(), MACHI_PROGRAM);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
      ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
      ::execv(MACHI_PROGRAM, arguments.data());
      ::_exit(127);
    }
  }
  ~Process() {
    if (pid_ > 0) kill();
  }
  Process(const Process&) = delete;

  pid_t pid() const { return pid_; }
  // The exit code; -1 when it died of a signal.
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }
  int stop() {
    ::kill(pid_, SIGTERM);
    return wait();
  }

 private:
  pid_t pid_;
};

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// Runs to the end.
struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};
inline Ran run_machi(const std::filesystem::path& folder, std::vector<std::string> words) {
  const std::string out = (folder / "out").string(), err = (folder / "err").string();
  Process process(std::move(words), out, err);
  const int code = process.wait();
  return {code, text_of(out), text_of(err)};
}

// A running hub, and where it listens.
class HubProcess {
 public:
  HubProcess(const std::filesystem::path& folder, const std::filesystem::path& town,
             const std::vector<std::string>& more = {}, const std::string& port = "0")
      : process_(words(folder, town, more, port), (folder / "hub.out").string(),
                 (folder / "hub.err").string()) {
    for (int i = 0; i < 200 && port_.empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
      port_ = text_of(folder / "port");
    }
    while (!port_.empty() && port_.back() == '\n') port_.pop_back();
  }
  std::string url() const { return "http://127.0.0.1:" + port_; }
  Process& process() { return process_; }

 private:
  static std::vector<std::string> words(const std::filesystem::path& folder,
                                        const std::filesystem::path& town,
                                        const std::vector<std::string>& more, const std::string& port) {
    std::vector<std::string> out = {"hub",    "serve", "--town",      town.string(),
                                    "--port", port,    "--port-file", clean(folder / "port")};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  static std::string clean(const std::filesystem::path& file) {
    std::filesystem::remove(file);
    return file.string();
  }
  Process process_;
  std::string port_;
};

}  // namespace machi::hub

// Many connections that each post one envelope after another, from a few threads that wait for all of theirs
// at once, as pgbench does: what asks stands on the same processors as what answers, and should cost little
// beside it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/bytes.h"

namespace machi::hub {

class Posters {
 public:
  // A list of envelopes for each connection. Requests are made beforehand.
  Posters(int port, const std::vector<std::vector<base::Bytes>>& envelopes) : port_(port) {
    for (const auto& own : envelopes) {
      std::vector<std::string> requests;
      for (const base::Bytes& body : own)
        requests.push_back(
            "POST /v1/post HTTP/1.1\r\nHost: hub\r\nContent-Type: application/cbor\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + std::string(body.begin(), body.end()));
      asked_.push_back(std::move(requests));
    }
  }

  // Seconds that each waited for its answer; only what was answered with 200.
  std::vector<double> run(std::size_t threads) {
    std::vector<std::thread> all;
    for (std::size_t first = 0; first < threads; ++first)
      all.emplace_back([this, first, threads] { post(first, threads); });
    for (std::thread& one : all) one.join();
    return std::move(waits_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    int socket = -1;
    const std::vector<std::string>* requests = nullptr;
    std::size_t next = 0;
    Clock::time_point asked{};
    std::string heard{};
  };

  bool open(Line& line) const {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port_));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int at_once = 1;
    line.socket = ::socket(AF_INET, SOCK_STREAM, 0);
    ::setsockopt(line.socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    return ::connect(line.socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }

  // False when there is nothing left to ask.
  static bool ask(Line& line) {
    if (line.next == line.requests->size()) return false;
    const std::string& request = (*line.requests)[line.next++];
    line.asked = Clock::now();
    return ::send(line.socket, request.data(), request.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(request.size());
  }

  // The status of an answer that is whole; 0 of one that is not.
  static int status_of(const std::string& heard) {
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const std::size_t head = heard.find("\r\n\r\n"), length = heard.find(kLength);
    if (head == std::string::npos || length == std::string::npos || length > head) return 0;
    const auto body = static_cast<std::size_t>(std::atol(heard.c_str() + length + kLength.size()));
    return heard.size() < head + 4 + body ? 0 : std::atoi(heard.c_str() + 9);
  }

  // The lines first, first + step, ... of this thread, until each is through or broken.
  void post(std::size_t first, std::size_t step) {
    std::vector<Line> lines;
    for (std::size_t at = first; at < asked_.size(); at += step) {
      lines.emplace_back();
      lines.back().requests = &asked_[at];
    }
    std::vector<double> waits;
    const int waiting = ::epoll_create1(0);
    std::size_t open_lines = 0;
    for (std::size_t at = 0; at < lines.size(); ++at) {
      epoll_event wanted{};
      wanted.events = EPOLLIN;
      wanted.data.u64 = at;
      if (open(lines[at]) && ::epoll_ctl(waiting, EPOLL_CTL_ADD, lines[at].socket, &wanted) == 0 &&
          ask(lines[at]))
        ++open_lines;
    }
    std::array<epoll_event, 64> events{};
    std::array<char, 16384> buffer{};
    while (open_lines > 0) {
      const int count = ::epoll_wait(waiting, events.data(), static_cast<int>(events.size()), 30000);
      if (count <= 0) break;
      for (int event = 0; event < count; ++event) {
        Line& line = lines[events[static_cast<std::size_t>(event)].data.u64];
        const ssize_t got = ::recv(line.socket, buffer.data(), buffer.size(), 0);
        bool more = got > 0;
        if (more) {
          line.heard.append(buffer.data(), static_cast<std::size_t>(got));
          const int status = status_of(line.heard);
          if (status == 0) continue;
          if (status == 200)
            waits.push_back(std::chrono::duration<double>(Clock::now() - line.asked).count());
          line.heard.clear();
          more = ask(line);
        }
        if (more) continue;
        ::epoll_ctl(waiting, EPOLL_CTL_DEL, line.socket, nullptr);
        --open_lines;
      }
    }
    for (const Line& line : lines) ::close(line.socket);
    ::close(waiting);
    const std::lock_guard lock(mutex_);
    waits_.insert(waits_.end(), waits.begin(), waits.end());
  }

  int port_;
  std::vector<std::vector<std::string>> asked_;
  std::mutex mutex_;
  std::vector<double> waits_;
};

}  // namespace machi::hub

// Mail by SMTP over libcurl (RFC 5321): one message to one receiver at a time, with TLS as soon as the server
// offers it. One thread a client; its connection is kept for the next message.
#pragma once

#include <string>

#include "core/base/bytes.h"

namespace machi::host {

struct SmtpServer {
  std::string url;             // smtp://mail.example:587, smtps://mail.example
  std::string user, password;  // "" for a server that wants none
  bool plain = false;          // without TLS: a server on this machine
};

class SmtpClient {
 public:
  explicit SmtpClient(SmtpServer server);
  ~SmtpClient();
  SmtpClient(const SmtpClient&) = delete;

  // The server's last reply: 250 taken, 4xx later, 5xx never; 0 without one. BadInput for an address or a
  // message that would say more to the server than itself: a line feed, a bare end of line.
  base::Result<int> send(const std::string& from, const std::string& to, const std::string& message);
  int timeout_ms = 20000;

 private:
  SmtpServer server_;
  void* curl_;
};

}  // namespace machi::host

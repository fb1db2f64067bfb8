// The clerk as three processes under one that watches: front, office (the registry's questions, the log, the
// paper), signer. They talk over pairs of local sockets; one that dies is started anew and the others go on.
// The watching one reads no key and no message. Ends on SIGTERM or SIGINT; SIGHUP starts front and office
// anew, with the lists of revoked cards as they are then. One thread each; call from a program without
// others.
#pragma once

#include <filesystem>

#include "platform/clerk/office.h"
#include "platform/clerk/serve/signer.h"
#include "platform/host/http_server.h"

namespace machi::clerk {

struct ServePlan {
  TownId town;
  OfficePlan office;
  std::filesystem::path registry, log, font;
  std::vector<std::filesystem::path> authorities, lists;
  std::vector<crypto::SignPublic> kiosks;
  host::HttpServerOptions http;
  bool quiet = false;
  // Called in the signer's process alone.
  std::function<base::Result<SignerKeys>()> read_keys;
  base::Instant (*now)() = nullptr;
  // Called once, when all three stand.
  std::function<void(std::uint16_t port)> started;
};

// Until it is told to end. What hinders the start, with the process that it hindered as the detail's first
// word.
base::Status serve_clerk(const ServePlan& plan);

// The bodies of the processes, each until its channel ends or it is told to: for serve_clerk and for tests.
// `ready` is told once that it stands, with the port (0 but for the front's).
using Ready = std::function<void(std::uint16_t port)>;
base::Status run_signer(const ServePlan& plan, int office, const Ready& ready);
base::Status run_office(const ServePlan& plan, int front, int signer, const Ready& ready);
base::Status run_front(const ServePlan& plan, int office, const Ready& ready);

}  // namespace machi::clerk

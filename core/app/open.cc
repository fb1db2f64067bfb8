// Opening the app that the host names.
#include "core/app/app.h"
#include "core/app/citizen.h"
#include "core/app/desk.h"
#include "core/app/notices.h"
#include "core/app/support.h"
#include "core/crypto/sodium.h"

namespace machi::app {

base::Result<std::unique_ptr<App>> open_app(const Config& config, Blobs& blobs) {
  if (!crypto::ready()) return base::fail(base::Code::Unsupported, "no cryptography on this machine");
  if (config.app == "citizen") return open_citizen(config, blobs);
  if (config.app == "desk") return open_desk(config, blobs);
  if (config.app == "notices") return open_notices(config, blobs);
  if (config.app == "support") return open_support(config, blobs);
  return base::fail(base::Code::BadInput, "app");
}

}  // namespace machi::app

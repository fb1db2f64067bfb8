// Opening the app of a module that carries only this one.
#include "core/app/app.h"
#include "core/app/support.h"
#include "core/crypto/sodium.h"

namespace machi::app {

base::Result<std::unique_ptr<App>> open_app(const Config& config, Blobs& blobs) {
  if (!crypto::ready()) return base::fail(base::Code::Unsupported, "no cryptography on this machine");
  if (config.app == "support") return open_support(config, blobs);
  return base::fail(base::Code::BadInput, "app");
}

}  // namespace machi::app

// How OpenSSL's objects are held here: each is freed by its own function, and no error is left behind. Any
// thread.
#pragma once

#include <openssl/err.h>

namespace machi::host {

// For std::unique_ptr: std::unique_ptr<X509, Freer<X509_free>>.
template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

// Leaves no error of ours for the next user of this thread's queue.
struct ClearErrors {
  ClearErrors() = default;
  ClearErrors(const ClearErrors&) = delete;
  ClearErrors& operator=(const ClearErrors&) = delete;
  ~ClearErrors() { ERR_clear_error(); }
};

}  // namespace machi::host

// The filters are lists of numbers for the kernel's small machine (linux/filter.h).
#include "platform/clerk/serve/confine.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using base::Status;

constexpr unsigned kNobody = 65534;

constexpr int kParserMay[] = {SYS_read,
                              SYS_write,
                              SYS_readv,
                              SYS_writev,
                              SYS_recvfrom,
                              SYS_recvmsg,
                              SYS_sendto,
                              SYS_sendmsg,
                              SYS_close,
                              SYS_shutdown,
                              SYS_accept,
                              SYS_accept4,
                              SYS_epoll_wait,
                              SYS_epoll_pwait,
                              SYS_epoll_ctl,
                              SYS_poll,
                              SYS_ppoll,
                              SYS_setsockopt,
                              SYS_getsockopt,
                              SYS_getsockname,
                              SYS_getpeername,
                              SYS_ioctl,
                              SYS_fcntl,
                              SYS_futex,
                              SYS_brk,
                              SYS_mmap,
                              SYS_munmap,
                              SYS_mprotect,
                              SYS_mremap,
                              SYS_madvise,
                              SYS_clock_gettime,
                              SYS_nanosleep,
                              SYS_clock_nanosleep,
                              SYS_gettimeofday,
                              SYS_time,
                              SYS_getrandom,
                              SYS_getpid,
                              SYS_gettid,
                              SYS_tgkill,
                              SYS_rt_sigreturn,
                              SYS_rt_sigaction,
                              SYS_rt_sigprocmask,
                              SYS_sigaltstack,
                              SYS_exit,
                              SYS_exit_group,
                              SYS_restart_syscall,
                              SYS_timerfd_settime,
                              SYS_sched_yield,
                              SYS_fstat,
                              SYS_lseek};

constexpr int kWorkerMayNot[] = {SYS_socket,
                                 SYS_socketpair,
                                 SYS_connect,
                                 SYS_bind,
                                 SYS_listen,
                                 SYS_accept,
                                 SYS_accept4,
                                 SYS_execve,
                                 SYS_execveat,
                                 SYS_fork,
                                 SYS_vfork,
                                 SYS_clone,
                                 SYS_clone3,
                                 SYS_ptrace,
                                 SYS_mount,
                                 SYS_umount2,
                                 SYS_unshare,
                                 SYS_setns,
                                 SYS_process_vm_readv,
                                 SYS_process_vm_writev,
                                 SYS_bpf,
                                 SYS_keyctl,
                                 SYS_add_key,
                                 SYS_kexec_load,
                                 SYS_init_module,
                                 SYS_io_uring_setup,
                                 SYS_userfaultfd,
                                 SYS_pivot_root,
                                 SYS_chroot,
                                 SYS_kill};

sock_filter line(std::uint16_t code, std::uint32_t value, std::uint8_t yes = 0, std::uint8_t no = 0) {
  return sock_filter{code, yes, no, value};
}

std::vector<sock_filter> filter_of(Confinement confinement) {
  const bool parser = confinement == Confinement::Parser;
  constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
  std::vector<sock_filter> out = {line(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
                                  line(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
                                  line(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
                                  line(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                                  // The other numbering of the same processor (x32) is no way around.
                                  line(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1),
                                  line(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)};
  const auto add = [&](int call) {
    out.push_back(line(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    out.push_back(line(BPF_RET | BPF_K, parser ? SECCOMP_RET_ALLOW : kRefuse));
  };
  if (parser) {
    for (const int call : kParserMay) add(call);
  } else {
    for (const int call : kWorkerMayNot) add(call);
  }
  out.push_back(line(BPF_RET | BPF_K, parser ? kRefuse : SECCOMP_RET_ALLOW));
  return out;
}

}  // namespace

void close_others(const std::vector<int>& keep) {
  unsigned from = 3;
  std::vector<int> sorted = keep;
  std::sort(sorted.begin(), sorted.end());
  for (const int descriptor : sorted) {
    if (descriptor < 3) continue;
    const auto at = static_cast<unsigned>(descriptor);
    if (at > from) static_cast<void>(::syscall(SYS_close_range, from, at - 1, 0));
    from = at + 1;
  }
  static_cast<void>(::syscall(SYS_close_range, from, ~0u, 0));
}

Status confine(Confinement confinement) {
  if (confinement == Confinement::Parser && ::geteuid() == 0) {
    if (::setgroups(0, nullptr) != 0 || ::setresgid(kNobody, kNobody, kNobody) != 0 ||
        ::setresuid(kNobody, kNobody, kNobody) != 0)
      return fail(Code::Storage, "the user cannot be changed");
  }
  // After the change of user, which takes it back: nobody outlives who watches over them.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0 ||
      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fail(Code::Storage, "prctl");
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return fail(Code::Storage, "setrlimit");
  auto filter = filter_of(confinement);
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return fail(Code::Storage, "seccomp");
  return {};
}

std::string try_to_escape(Confinement confinement) {
  if (const int found = ::socket(AF_INET, SOCK_STREAM, 0); found >= 0) {
    ::close(found);
    return "a socket was made";
  }
  if (::syscall(SYS_clone3, nullptr, 0) != -1 || errno != EPERM) return "another process could be made";
  if (::syscall(SYS_execve, nullptr, nullptr, nullptr) != -1 || errno != EPERM)
    return "a program could be started";
  if (confinement == Confinement::Worker) return "";
  if (const int found = ::open("/", O_RDONLY | O_CLOEXEC); found >= 0) {
    ::close(found);
    return "a file was opened";
  }
  if (::geteuid() == 0) return "it is still root";
  return "";
}

}  // namespace machi::clerk

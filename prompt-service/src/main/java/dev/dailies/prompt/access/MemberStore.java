package dev.dailies.prompt.access;

import dev.dailies.contracts.MemberId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** The members of all workspaces. */
interface MemberStore {
  Optional<Member> find(WorkspaceId workspace, MemberId id);

  /** Who in the workspace is already that person, active or not. */
  Optional<Member> findSame(Member person);

  /** In the order of their birth. */
  List<Member> list(WorkspaceId workspace, Optional<String> after, int limit);

  int count(WorkspaceId workspace);

  void add(Member member);

  /** Writes name, roles, activity and version of a member that is there. */
  void replace(Member member);
}

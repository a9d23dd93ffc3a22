package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import dev.dailies.prompt.generation.WorkSignal;
import java.util.List;

/** The dispatchers of all pools in this process. */
final class Dispatchers implements AutoCloseable {
  private final List<PoolDispatcher> dispatchers;

  Dispatchers(List<PoolDispatcher> dispatchers) {
    this.dispatchers = List.copyOf(dispatchers);
  }

  void start() {
    dispatchers.forEach(PoolDispatcher::start);
  }

  /** Something changed in a pool. */
  void ring(Pool pool) {
    dispatchers.stream().filter(d -> d.pool().equals(pool)).forEach(PoolDispatcher::ring);
  }

  boolean owns(Pool pool) {
    return dispatchers.stream().anyMatch(d -> d.pool().equals(pool) && d.owns());
  }

  List<Pool> pools() {
    return dispatchers.stream().map(PoolDispatcher::pool).toList();
  }

  @Override
  public void close() {
    dispatchers.forEach(PoolDispatcher::close);
  }

  /** Breaks the circle of those who ring and those who are woken: bound once all are made. */
  static final class Exchange implements WorkSignal {
    private volatile List<Dispatchers> bound = List.of();

    void bind(Dispatchers dispatchers) {
      bound = List.of(dispatchers);
    }

    @Override
    public void changed(Pool pool) {
      bound.forEach(dispatchers -> dispatchers.ring(pool));
    }
  }
}

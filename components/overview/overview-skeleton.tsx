import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The overview's shape while it loads. */
export function OverviewSkeleton() {
  return (
    <LoadingRegion label="Loading the overview">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-72 md:h-44 xl:h-25" />
        <div className="grid gap-x-8 gap-y-3 xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
          <Skeleton className="h-88 md:h-75" />
          <Skeleton className="h-75" />
        </div>
        <div className="grid gap-x-8 gap-y-3 min-[1400px]:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
          <Skeleton className="h-75" />
          <Skeleton className="h-75" />
        </div>
      </div>
    </LoadingRegion>
  );
}

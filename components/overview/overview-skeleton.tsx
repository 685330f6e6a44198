import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The overview's shape while it loads. */
export function OverviewSkeleton() {
  return (
    <LoadingRegion label="Loading the overview">
      <div className="flex flex-col gap-8">
        <Skeleton className="h-10 max-w-md" />
        <Skeleton className="h-40 md:h-18" />
        <Skeleton className="h-88 md:h-80" />
        <Skeleton className="h-72" />
        <Skeleton className="h-96" />
      </div>
    </LoadingRegion>
  );
}

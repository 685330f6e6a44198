import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The overview's shape while it loads. */
export function OverviewSkeleton() {
  return (
    <LoadingRegion label="Loading the overview">
      <div className="flex flex-col gap-8">
        <Skeleton className="h-16 max-w-md" />
        <Skeleton className="h-14" />
        <Skeleton className="h-64" />
        <Skeleton className="h-48" />
        <Skeleton className="h-40" />
      </div>
    </LoadingRegion>
  );
}
